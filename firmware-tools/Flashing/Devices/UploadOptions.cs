namespace Twinbank.Flashing.Devices;

/// <summary>How an upload is done.</summary>
public sealed record UploadOptions
{
    /// <summary>Accept an image that failed its trial on this device before.</summary>
    public bool Insist { get; init; }

    /// <summary>Append a delta to the running slot as an overlay, instead of writing the other slot.</summary>
    public bool IsOverlay { get; init; }

    /// <summary>
    /// Requests under way at once, if the device takes as many. Four keep a link busy while the device programs; more
    /// only means more to send again after a jump.
    /// </summary>
    public int WindowMax { get; init; } = 4;

    /// <summary>Bytes of the largest request, if the device takes as many.</summary>
    public int RequestBytesMax { get; init; } = 4096;
}
