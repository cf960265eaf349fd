namespace Twinbank.Images.Planning;

/// <summary>What it costs to carry bytes of a container to a device.</summary>
/// <param name="BytesPerSecond">Bytes of the container per second, framing counted; null when nobody knows.</param>
public sealed record LinkCost(double? BytesPerSecond)
{
    // A start and a stop bit beside each byte.
    const double BitsPerByte = 10;

    // Requests of 4 KiB: SMP header, keys and checksum, one stuffed byte in 254, and the line's end.
    const double CompactShare = 0.98;

    // Base64 in lines of 127 bytes that carry 93.
    const double ConsoleShare = 0.71;

    /// <summary>A link whose speed nobody knows, such as TCP.</summary>
    public static LinkCost Unknown { get; } = new((double?)null);

    /// <summary>A serial line.</summary>
    /// <param name="baudRate">Bits per second.</param>
    /// <param name="isCompact">Whether the device takes compact frames (specs/smp.md section 2.2).</param>
    public static LinkCost Serial(int baudRate, bool isCompact)
        => new(baudRate / BitsPerByte * (isCompact ? CompactShare : ConsoleShare));

    public double? Seconds(long bytes) => bytes / BytesPerSecond;
}
