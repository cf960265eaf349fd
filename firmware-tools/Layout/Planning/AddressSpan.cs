namespace Twinbank.Layout.Planning;

/// <summary>A range of addresses: from <see cref="Start"/> up to and without <see cref="End"/>.</summary>
public readonly record struct AddressSpan(uint Start, uint End)
{
    public uint SizeBytes => End - Start;

    public bool Overlaps(AddressSpan other) => Start < other.End && other.Start < End;

    /// <summary>The next multiple of a power of two; saturates at the top of the address space.</summary>
    public static uint Align(uint address, uint alignmentBytes)
    {
        ulong aligned = ((ulong)address + alignmentBytes - 1) & ~((ulong)alignmentBytes - 1);
        return (uint)Math.Min(aligned, uint.MaxValue);
    }
}
