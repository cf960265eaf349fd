using System.Buffers.Binary;
using System.Text;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>The symbol table of an ELF file (System V ABI, edition 4.1, chapter 4).</summary>
public static class ElfSymbols
{
    const int SectionHeaderBytes = 40;
    const int SymbolBytes = 16;
    const uint TypeSymbolTable = 2;
    const int TypeObject = 1, TypeFunction = 2;
    const int NameBytesMax = 4096;

    /// <summary>Half a million: more than any firmware has, and a bound on what a damaged file can ask for.</summary>
    const int SymbolCountMax = 500_000;

    /// <summary>Functions and objects in file order; none for a stripped file.</summary>
    /// <exception cref="FirmwareException">BadElf when the table is damaged.</exception>
    public static IReadOnlyList<ElfSymbol> Read(ElfFile file)
    {
        var symbols = new List<ElfSymbol>();
        for (uint section = 0; section < file.SectionHeaderCount && file.SectionHeaderOffset != 0; section++)
        {
            ReadOnlySpan<byte> header = Header(file, section);
            if (Word(header, 4) == TypeSymbolTable)
            {
                ReadTable(file, header, symbols);
            }
        }

        return symbols;
    }

    static void ReadTable(ElfFile file, ReadOnlySpan<byte> header, List<ElfSymbol> symbols)
    {
        ReadOnlySpan<byte> table = file.Slice(Word(header, 16), Word(header, 20), "the symbol table");
        uint link = Word(header, 24);
        if (link >= file.SectionHeaderCount)
        {
            throw file.Bad($"its symbol names are in section {link} of {file.SectionHeaderCount}");
        }

        ReadOnlySpan<byte> names = Header(file, link);
        ReadOnlySpan<byte> strings = file.Slice(Word(names, 16), Word(names, 20), "the symbol names");
        if (table.Length / SymbolBytes > SymbolCountMax - symbols.Count)
        {
            throw file.Bad($"it has more than {SymbolCountMax} symbols");
        }

        for (; table.Length >= SymbolBytes; table = table[SymbolBytes..])
        {
            int type = table[12] & 15;
            if (type is TypeObject or TypeFunction)
            {
                uint address = Word(table, 4);
                bool isThumb = type == TypeFunction && file.Machine == ElfFile.MachineArm;
                symbols.Add(new ElfSymbol(
                    Name(file, strings, Word(table, 0)), isThumb ? address & ~1u : address, Word(table, 8)));
            }
        }
    }

    static string Name(ElfFile file, ReadOnlySpan<byte> strings, uint offset)
    {
        if (offset >= strings.Length)
        {
            throw file.Bad($"a symbol's name is at byte {offset} of {strings.Length}");
        }

        ReadOnlySpan<byte> name = strings[(int)offset..];
        int end = name[..Math.Min(name.Length, NameBytesMax)].IndexOf((byte)0);
        return end >= 0
            ? Encoding.UTF8.GetString(name[..end])
            : throw file.Bad($"a symbol's name does not end within {NameBytesMax} bytes");
    }

    static ReadOnlySpan<byte> Header(ElfFile file, uint section)
        => file.Slice(
            file.SectionHeaderOffset + (section * SectionHeaderBytes), SectionHeaderBytes,
            $"the header of section {section}");

    static uint Word(ReadOnlySpan<byte> bytes, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(bytes[offset..]);
}
