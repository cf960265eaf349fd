namespace Twinbank.Formats;

/// <summary>How to write a payload.</summary>
public sealed record PayloadWriteOptions
{
    /// <summary>Value of bytes in holes of a raw or DFU file; 0xFF as erased flash.</summary>
    public byte Fill { get; init; } = 0xFF;

    /// <summary>The suffix of a DFU file; without one, any device.</summary>
    public DfuSuffix DfuSuffix { get; init; } = new(0xFFFF, 0xFFFF, 0xFFFF, DfuSuffix.PlainRelease);
}
