using Twinbank.Errors;

namespace Twinbank.Links;

/// <summary>The errors that every kind of link shares.</summary>
internal static class LinkErrors
{
    public static FirmwareException Lost(string link, Exception? inner)
        => new(ErrorCode.LinkLost, inner, ("subject", $"the transfer over {link}"));

    public static FirmwareException Failed(string link, string reason, Exception? inner)
        => new(ErrorCode.LinkFailed, inner, ("link", link), ("reason", reason));
}
