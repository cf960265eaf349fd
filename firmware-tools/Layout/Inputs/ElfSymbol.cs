namespace Twinbank.Layout.Inputs;

/// <summary>One symbol (Elf32_Sym) with its name.</summary>
public readonly record struct ElfSymbol(string Name, uint Value, uint SizeBytes, byte Info, ushort SectionIndex)
{
    /// <summary>st_shndx of a symbol that the linker gives room itself; its value is the alignment.</summary>
    public const ushort Common = 0xFFF2;

    public bool IsGlobal => Info >> 4 is 1 or 2;

    public bool IsFunction => (Info & 15) == 2;
}
