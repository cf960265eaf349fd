using System.Buffers.Binary;
using System.Text;

namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>A relocatable ELF file for ARM, as ilc writes it.</summary>
public sealed class ElfObject
{
    const int HeaderBytes = 52;
    const int SectionHeaderBytes = 40;
    const int SymbolBytes = 16;
    const int RelocationBytes = 8;
    const int TypeSymbols = 2;
    const int TypeRelocationsWithAddend = 4;
    const int TypeRelocations = 9;
    const int SymbolTypeFunction = 2;

    readonly byte[] _file;
    readonly ElfSection[] _sections;
    ElfSymbol[] _symbols = [];

    ElfObject(byte[] file)
    {
        _file = file;
        if (file.Length < HeaderBytes || U32(0) != 0x464C457F || file[4] != 1 || file[5] != 1 || U16(16) != 1
            || U16(18) != 40)
        {
            throw new InvalidDataException("The compiler's output is not a relocatable 32-bit ELF file for ARM.");
        }

        _sections = new ElfSection[U16(48)];
        if (SectionHeader(_sections.Length) > file.Length)
        {
            throw new InvalidDataException("The compiler's object file ends inside its section headers.");
        }
    }

    /// <summary>In file order.</summary>
    public IEnumerable<ElfSection> Sections => _sections.Where(section => section.IsProgram);

    /// <summary>In file order, nameless ones left out.</summary>
    public IEnumerable<ElfSymbol> Symbols => _symbols.Where(symbol => symbol.Name.Length > 0);

    /// <exception cref="InvalidDataException">Not such a file, or with contents that ilc does not write.</exception>
    public static ElfObject Parse(byte[] file)
    {
        var parsed = new ElfObject(file);
        try
        {
            parsed.ReadSections();
            parsed.ReadSymbols();
            parsed.ReadRelocations();
        }
        catch (Exception exception) when (exception
            is ArgumentException or IndexOutOfRangeException or InvalidOperationException)
        {
            throw new InvalidDataException("The compiler's object file is cut off.", exception);
        }

        return parsed;
    }

    void ReadSections()
    {
        int names = SectionHeader(U16(50));
        for (int i = 0; i < _sections.Length; i++)
        {
            int header = SectionHeader(i);
            uint type = U32(header + 4);
            int size = (int)U32(header + 20);
            byte[] content = type == ElfSection.TypeNoBits
                ? new byte[size]
                : _file.AsSpan((int)U32(header + 16), size).ToArray();
            _sections[i] = new ElfSection(
                Text((int)(U32(names + 16) + U32(header))), type, U32(header + 8), U32(header + 32), content);
        }
    }

    void ReadSymbols()
    {
        int header = HeadersOf(TypeSymbols).Single();
        int names = (int)U32(SectionHeader((int)U32(header + 24)) + 16);
        int start = (int)U32(header + 16);
        _symbols = new ElfSymbol[U32(header + 20) / SymbolBytes];
        for (int i = 0; i < _symbols.Length; i++)
        {
            int row = start + i * SymbolBytes;
            int section = U16(row + 14);
            bool isFunction = (_file[row + 12] & 15) == SymbolTypeFunction;
            int value = (int)U32(row + 4);
            _symbols[i] = new ElfSymbol(
                Text(names + (int)U32(row)),
                section == 0 || section >= _sections.Length ? null : _sections[section],
                isFunction ? value & ~1 : value,
                (int)U32(row + 8),
                isFunction,
                _file[row + 12] >> 4 != 0);
        }
    }

    void ReadRelocations()
    {
        if (HeadersOf(TypeRelocationsWithAddend).Any())
        {
            throw new InvalidDataException("The object file has relocations of a kind that ARM does not use.");
        }

        foreach (int header in HeadersOf(TypeRelocations))
        {
            ElfSection section = _sections[U32(header + 28)];
            int start = (int)U32(header + 16);
            for (int row = start; row < start + (int)U32(header + 20); row += RelocationBytes)
            {
                uint info = U32(row + 4);
                if ((info & 0xFF) != Relocation.None)
                {
                    section.Relocations.Add((int)U32(row), new Relocation((int)(info & 0xFF), _symbols[info >> 8]));
                }
            }
        }
    }

    IEnumerable<int> HeadersOf(uint type)
        => Enumerable.Range(0, _sections.Length).Select(SectionHeader).Where(header => U32(header + 4) == type);

    int SectionHeader(int index) => (int)U32(32) + index * SectionHeaderBytes;

    string Text(int offset)
        => Encoding.UTF8.GetString(_file.AsSpan(offset, Array.IndexOf(_file, (byte)0, offset) - offset));

    ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_file.AsSpan(offset));

    uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_file.AsSpan(offset));
}
