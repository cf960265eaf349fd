namespace Twinbank.Boards;

/// <summary>A range of processor addresses, in bytes.</summary>
public sealed record MemoryRange(uint StartAddress, uint SizeBytes)
{
    /// <summary>The address after the last byte: up to 0x1_0000_0000 on a valid board.</summary>
    public ulong EndAddress => (ulong)StartAddress + SizeBytes;

    /// <summary>True when all bytes of the other range are in this one.</summary>
    public bool Contains(MemoryRange other) => other.StartAddress >= StartAddress && other.EndAddress <= EndAddress;

    public bool Overlaps(MemoryRange other) => StartAddress < other.EndAddress && other.StartAddress < EndAddress;

    public override string ToString() => $"0x{StartAddress:X8} to 0x{EndAddress:X8}";
}
