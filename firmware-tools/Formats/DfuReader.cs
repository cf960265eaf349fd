using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>Files with a DFU suffix: it is checked and stripped, and what remains is read.</summary>
static class DfuReader
{
    /// <exception cref="FirmwareException">BadDfuSuffix, and what the content inside can give.</exception>
    internal static MemoryImage Read(byte[] content, string name, PayloadReadOptions options)
    {
        if (!DfuSuffix.TryRead(content, out DfuSuffix? suffix, out int payloadBytes, out string problem))
        {
            throw Bad(name, problem);
        }

        ReadOnlySpan<byte> payload = content.AsSpan(0, payloadBytes);
        if (payload.Length == 0)
        {
            throw new FirmwareException(ErrorCode.PayloadEmpty, ("path", name));
        }

        MemoryImage image = payload.StartsWith(DfuSeReader.Signature)
            ? DfuSeReader.Read(payload, name, options)
            : ReadPlain(payload, name, options);
        return image with { DfuSuffix = suffix };
    }

    internal static FirmwareException Bad(string name, string problem)
        => new(ErrorCode.BadDfuSuffix, ("path", name), ("problem", problem));

    // The suffix may be on any file; a format that is recognised inside knows its addresses.
    static MemoryImage ReadPlain(ReadOnlySpan<byte> payload, string name, PayloadReadOptions options)
        => FileKind.FormatOf(payload) is { } inner
            ? PayloadReader.Parse(payload.ToArray(), name, options with { Format = inner })
            : PayloadReader.ReadRaw(payload, name, options, PayloadFormat.Dfu);
}
