namespace Twinbank.Formats;

/// <summary>What the user said about a payload file.</summary>
public sealed record PayloadReadOptions
{
    /// <summary>The format; null to find it out from the content.</summary>
    public PayloadFormat? Format { get; init; }

    /// <summary>Address of the first byte of a file without addresses; null when not given.</summary>
    public uint? BaseAddress { get; init; }

    /// <summary>
    /// Which board's data to take from a Universal HEX (0x9900 micro:bit V1, 0x9903 V2); null when not given.
    /// </summary>
    public ushort? UniversalHexBoard { get; init; }
}
