namespace Twinbank.Layout.Inputs;

/// <summary>One section header (Elf32_Shdr) with its name.</summary>
public readonly record struct ElfSection(
    int Index, string Name, uint Type, uint Flags, uint Address, uint Offset, uint SizeBytes, uint Link, uint Info,
    uint AlignmentBytes, uint EntryBytes)
{
    /// <summary>sh_type of symbols, of relocations with and without addends, and of memory without bytes.</summary>
    public const uint TypeSymbols = 2, TypeRela = 4, TypeNoBits = 8, TypeRel = 9;

    public const uint FlagWrite = 1, FlagAlloc = 2, FlagExecute = 4, FlagLinkOrder = 0x80;

    public bool IsAllocated => (Flags & FlagAlloc) != 0;

    public bool IsWritable => (Flags & FlagWrite) != 0;

    public bool IsExecutable => (Flags & FlagExecute) != 0;
}
