namespace Twinbank.Core.Smp;

/// <summary>What the next CBOR item is.</summary>
public enum CborType : byte
{
    /// <summary>Nothing readable: the end of the input, a break, or the reader is in error.</summary>
    None = 0,
    Unsigned = 1,
    Negative = 2,
    Bytes = 3,
    Text = 4,
    Array = 5,
    Map = 6,
    Boolean = 7,
    /// <summary>Null or undefined.</summary>
    Null = 8,
    /// <summary>A float or another simple value: can be skipped, not read.</summary>
    Other = 9,
}
