using System.Buffers.Binary;
using System.Numerics;
using System.Text;
using Twinbank.Errors;

namespace Twinbank.Layout.Inputs;

/// <summary>
/// Sections, symbols and relocations of a 32-bit little-endian ELF file (System V ABI, chapter 4), linked or not. Every
/// access is inside the file, and no table is larger than the file can hold.
/// </summary>
public sealed class ElfObject
{
    /// <summary>e_machine of 32-bit ARM and of RISC-V.</summary>
    public const ushort MachineArm = 40, MachineRiscV = 243;

    const int HeaderBytes = 52, SectionHeaderBytes = 40, SymbolBytes = 16;

    readonly ReadOnlyMemory<byte> _content;
    readonly string _source;

    ElfObject(ReadOnlyMemory<byte> content, string source)
    {
        _content = content;
        _source = source;
    }

    public IReadOnlyList<ElfSection> Sections { get; private set; } = [];

    public IReadOnlyList<ElfSymbol> Symbols { get; private set; } = [];

    /// <summary>e_machine.</summary>
    public ushort Machine => U16(18);

    /// <summary>True for the 4 bytes that every ELF file starts with.</summary>
    public static bool IsElf(ReadOnlySpan<byte> content) => content.StartsWith("\u007FELF"u8);

    /// <exception cref="FirmwareException">BadElf: not a 32-bit little-endian ELF file, or cut off.</exception>
    public static ElfObject Parse(ReadOnlyMemory<byte> content, string source)
    {
        var file = new ElfObject(content, source);
        if (content.Length < HeaderBytes || !IsElf(content.Span))
        {
            throw file.Bad("it does not start with an ELF header of 52 bytes");
        }

        if (content.Span[4] != 1 || content.Span[5] != 1)
        {
            throw file.Bad("it is not for a 32-bit little-endian machine");
        }

        file.ReadSections();
        file.ReadSymbols();
        return file;
    }

    /// <summary>The bytes of a section; empty when it has none in the file.</summary>
    public ReadOnlySpan<byte> Bytes(in ElfSection section)
        => section.Type == ElfSection.TypeNoBits ? [] : Slice(section.Offset, section.SizeBytes, section.Name);

    /// <summary>The relocations of a section in file order: offset in it, type, symbol and, for RELA, addend.</summary>
    public IEnumerable<(uint Offset, byte Type, int Symbol, int Addend)> Relocations(ElfSection target)
    {
        foreach (ElfSection section in Sections)
        {
            if (section.Type is not (ElfSection.TypeRel or ElfSection.TypeRela) || section.Info != target.Index)
            {
                continue;
            }

            int entryBytes = section.Type == ElfSection.TypeRela ? 12 : 8;
            byte[] table = Slice(section.Offset, section.SizeBytes, section.Name).ToArray();
            for (int at = 0; at + entryBytes <= table.Length; at += entryBytes)
            {
                uint info = BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at + 4));
                yield return (
                    BinaryPrimitives.ReadUInt32LittleEndian(table.AsSpan(at)), (byte)info, (int)(info >> 8),
                    entryBytes == 12 ? BinaryPrimitives.ReadInt32LittleEndian(table.AsSpan(at + 8)) : 0);
            }
        }
    }

    void ReadSections()
    {
        uint offset = U32(32);
        if (offset == 0)
        {
            throw Bad("it has no section headers; a stripped file cannot be laid out");
        }

        uint count = U16(48);
        uint nameIndex = U16(50);
        if (U16(46) != SectionHeaderBytes)
        {
            throw Bad($"its section headers have {U16(46)} bytes each, not {SectionHeaderBytes}");
        }

        // More than 65279 sections: the count and the index stand in section 0 (System V ABI, chapter 4).
        ReadOnlySpan<byte> first = Slice(offset, SectionHeaderBytes, "the section header table");
        count = count == 0 ? BinaryPrimitives.ReadUInt32LittleEndian(first[20..]) : count;
        nameIndex = nameIndex == 0xFFFF ? BinaryPrimitives.ReadUInt32LittleEndian(first[24..]) : nameIndex;
        if (count > LayoutLimits.SectionCountMax)
        {
            throw Bad($"it claims {count} sections; at most {LayoutLimits.SectionCountMax} are read");
        }

        ReadOnlySpan<byte> table = Slice(offset, count * SectionHeaderBytes, "the section header table");
        var headers = new ElfSection[count];
        for (int i = 0; i < count; i++)
        {
            headers[i] = Header(table.Slice(i * SectionHeaderBytes, SectionHeaderBytes), i);
            RequireAlignment(headers[i].AlignmentBytes);
        }

        if (nameIndex >= count)
        {
            throw Bad("the index of its section names is out of range");
        }

        ReadOnlySpan<byte> names = Bytes(headers[nameIndex]);
        for (int i = 0; i < count; i++)
        {
            uint at = BinaryPrimitives.ReadUInt32LittleEndian(table[(i * SectionHeaderBytes)..]);
            headers[i] = headers[i] with { Name = Text(names, at) };
        }

        Sections = headers;
    }

    void RequireAlignment(uint alignmentBytes)
    {
        if (!BitOperations.IsPow2(alignmentBytes))
        {
            throw Bad($"it aligns something to {alignmentBytes} bytes, which is no power of two");
        }
    }

    static ElfSection Header(ReadOnlySpan<byte> bytes, int index) => new(
        index, "", Word(bytes, 1), Word(bytes, 2), Word(bytes, 3), Word(bytes, 4), Word(bytes, 5), Word(bytes, 6),
        Word(bytes, 7), Math.Max(1, Word(bytes, 8)), Word(bytes, 9));

    void ReadSymbols()
    {
        foreach (ElfSection section in Sections)
        {
            if (section.Type != ElfSection.TypeSymbols || section.Link >= Sections.Count)
            {
                continue;
            }

            ReadOnlySpan<byte> table = Bytes(section);
            ReadOnlySpan<byte> names = Bytes(Sections[(int)section.Link]);
            var symbols = new ElfSymbol[table.Length / SymbolBytes];
            for (int i = 0; i < symbols.Length; i++)
            {
                ReadOnlySpan<byte> entry = table.Slice(i * SymbolBytes, SymbolBytes);
                symbols[i] = new ElfSymbol(
                    Text(names, Word(entry, 0)), Word(entry, 1), Word(entry, 2), entry[12],
                    BinaryPrimitives.ReadUInt16LittleEndian(entry[14..]));
                if (symbols[i].SectionIndex == ElfSymbol.Common)
                {
                    RequireAlignment(symbols[i].Value);
                }
            }

            Symbols = symbols;
        }
    }

    ReadOnlySpan<byte> Slice(uint offset, uint count, string what)
        => offset <= _content.Length && count <= _content.Length - offset
            ? _content.Span.Slice((int)offset, (int)count)
            : throw Bad($"{what} reaches to byte {(ulong)offset + count} of the file, which has {_content.Length}");

    static string Text(ReadOnlySpan<byte> names, uint at)
    {
        if (at >= names.Length)
        {
            return "";
        }

        ReadOnlySpan<byte> rest = names[(int)at..];
        int end = rest.IndexOf((byte)0);
        return Encoding.UTF8.GetString(end < 0 ? rest : rest[..end]);
    }

    static uint Word(ReadOnlySpan<byte> bytes, int index)
        => BinaryPrimitives.ReadUInt32LittleEndian(bytes[(index * 4)..]);

    FirmwareException Bad(string problem) => new(ErrorCode.BadElf, ("path", _source), ("problem", problem));

    ushort U16(int offset) => BinaryPrimitives.ReadUInt16LittleEndian(_content.Span[offset..]);

    uint U32(int offset) => BinaryPrimitives.ReadUInt32LittleEndian(_content.Span[offset..]);
}
