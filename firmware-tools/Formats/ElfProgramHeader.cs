using System.Buffers.Binary;

namespace Twinbank.Formats;

/// <summary>One program header (Elf32_Phdr). Addresses and sizes in bytes.</summary>
/// <param name="Type">p_type: 1 is a segment to load.</param>
/// <param name="Offset">p_offset: where its bytes are in the file.</param>
/// <param name="VirtualAddress">p_vaddr: where the program expects it.</param>
/// <param name="PhysicalAddress">p_paddr: where it is stored.</param>
/// <param name="FileBytes">p_filesz: its bytes in the file.</param>
/// <param name="MemoryBytes">p_memsz: its bytes in memory; what the file lacks is zero.</param>
/// <param name="Flags">p_flags: 1 execute, 2 write, 4 read.</param>
/// <param name="Alignment">p_align.</param>
public readonly record struct ElfProgramHeader(
    uint Type,
    uint Offset,
    uint VirtualAddress,
    uint PhysicalAddress,
    uint FileBytes,
    uint MemoryBytes,
    uint Flags,
    uint Alignment)
{
    /// <summary>p_type of a segment to load.</summary>
    public const uint TypeLoad = 1;

    internal static ElfProgramHeader Read(ReadOnlySpan<byte> bytes) => new(
        U32(bytes, 0),
        U32(bytes, 4),
        U32(bytes, 8),
        U32(bytes, 12),
        U32(bytes, 16),
        U32(bytes, 20),
        U32(bytes, 24),
        U32(bytes, 28));

    static uint U32(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
