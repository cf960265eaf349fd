namespace Twinbank.Formats;

/// <summary>Bytes at consecutive addresses.</summary>
public sealed record MemorySegment
{
    /// <param name="address">Where the bytes are stored (ELF: the physical address).</param>
    /// <param name="data">The bytes; at least one in a <see cref="MemoryImage"/>.</param>
    public MemorySegment(uint address, byte[] data)
    {
        Address = address;
        VirtualAddress = address;
        Data = data;
    }

    /// <summary>Where the bytes are stored (ELF: the physical address, p_paddr).</summary>
    public uint Address { get; }

    public byte[] Data { get; }

    /// <summary>Where the program expects them when it runs (ELF: p_vaddr); else the same as the address.</summary>
    public uint VirtualAddress { get; init; }

    /// <summary>A name for people; may be empty.</summary>
    public string Name { get; init; } = "";

    public SegmentAccess Access { get; init; }

    /// <summary>The address after the last byte: up to 0x1_0000_0000.</summary>
    public ulong EndAddress => (ulong)Address + (ulong)Data.Length;
}
