namespace Twinbank.Boards;

/// <summary>A range of processor addresses, in bytes.</summary>
public sealed record MemoryRange(uint StartAddress, uint SizeBytes)
{
    /// <summary>The address after the last byte: up to 0x1_0000_0000.</summary>
    public ulong EndAddress => (ulong)StartAddress + SizeBytes;

    /// <summary>True when all bytes of the other range are in this one.</summary>
    public bool Contains(ulong startAddress, ulong sizeBytes)
        => startAddress >= StartAddress && startAddress <= EndAddress && sizeBytes <= EndAddress - startAddress;
}
