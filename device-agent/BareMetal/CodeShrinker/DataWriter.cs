using System.Buffers.Binary;
using System.Globalization;
using System.Text;

namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// Writes a section of data as assembly. Type tables, strings and arrays get sections of their own, without what stands
/// before them for a collector and for locks; of the module's list of tables only the row that start-up reads remains.
/// </summary>
sealed class DataWriter
{
    const int ObjectHeaderBytes = 4;

    // MethodTable: flags, base size with the object header.
    const uint HasComponents = 0x80000000;
    const uint HasPointers = 0x01000000;
    const int BaseSizeOffset = 4;
    const int CountsOffset = 12;
    const int TableHeaderBytes = 20;
    const int FlagBits = 3;
    const int LengthOffset = 4;

    // ReadyToRun header: number of rows, then from 16 on rows of 16 bytes that start with a number.
    const string ModuleHeader = "__ReadyToRunHeader";
    const int RowCountOffset = 12;
    const int RowsOffset = 16;
    const int RowBytes = 16;
    const int StaticsRow = 201;

    readonly HashSet<int> _relativeWords = [];
    readonly MachineProgram _program;
    readonly ElfSection _section;
    readonly StringBuilder _text;
    readonly ElfSymbol[] _symbols;

    internal DataWriter(MachineProgram program, ElfSection section, StringBuilder text)
    {
        _program = program;
        _section = section;
        _text = text;
        _symbols =
        [
            .. program.Source.Symbols.Where(symbol => symbol.Section == section).OrderBy(symbol => symbol.Offset),
        ];
        foreach (ElfSymbol symbol in section.Name == ".data" ? _symbols : [])
        {
            NoteRelativeWords(symbol);
        }
    }

    internal void Write()
    {
        OpenSection(_section.Name, _section.Alignment);
        int offset = 0;
        for (int i = 0; i < _symbols.Length; i++)
        {
            ElfSymbol symbol = _symbols[i];
            int next = i + 1 < _symbols.Length ? _symbols[i + 1].Offset : _section.Content.Length;
            int nextPrefix = i + 1 < _symbols.Length ? PrefixBytes(_symbols[i + 1]) : 0;
            WriteBytes(offset, symbol.Offset - PrefixBytes(symbol));
            offset = WriteSymbol(symbol, next - nextPrefix);
        }

        WriteBytes(offset, _section.Content.Length);
    }

    // Gives the offset that was reached.
    int WriteSymbol(ElfSymbol symbol, int end)
    {
        if (symbol.Name == ModuleHeader)
        {
            WriteModuleHeader(symbol);
            return end;
        }

        bool isApart = IsTypeTable(symbol) || IsObject(symbol) || _section.Name == ".rodata";
        int last = IsObject(symbol) ? symbol.Offset + ObjectBytes(symbol) : end;
        if (isApart)
        {
            OpenSection($"{_section.Name}.{symbol.Name}", 4);
        }

        WriteLabel(symbol, last - symbol.Offset);
        WriteBytes(symbol.Offset, last);
        if (isApart)
        {
            OpenSection(_section.Name, 4);
        }

        // Only zeros that align the next object may be left out.
        return IsObject(symbol) && !_section.Content.AsSpan(last, end - last).ContainsAnyExcept((byte)0)
            && !_section.Relocations.Keys.Any(place => place >= last && place < end) ? end : last;
    }

    static bool IsTypeTable(ElfSymbol symbol)
        => symbol.Name.StartsWith("_ZTV", StringComparison.Ordinal)
            || symbol.Name.StartsWith("__GCStaticEEType", StringComparison.Ordinal);

    static bool IsObject(ElfSymbol symbol)
        => symbol.Name.StartsWith("__Str_", StringComparison.Ordinal)
            || symbol.Name.StartsWith("__FrozenObj_", StringComparison.Ordinal);

    // The compiler leaves no relocation where one part of the data says how far away another one is.
    void NoteRelativeWords(ElfSymbol symbol)
    {
        bool isTable = IsTypeTable(symbol);
        bool isCell = symbol.Name.StartsWith("__InterfaceDispatchCell_", StringComparison.Ordinal);
        bool isStatics = symbol.Name == "__GCStaticRegion"
            || symbol.Name.StartsWith("__GCSTATICS", StringComparison.Ordinal)
                && !symbol.Name.EndsWith("__PreInitData", StringComparison.Ordinal);
        if (!isTable && !isCell && !isStatics)
        {
            return;
        }

        int start = symbol.Offset + (isTable ? TableBytes(symbol) : 0);
        int end = Array.Find(_symbols, other => other.Offset > symbol.Offset) is { } next
            ? next.Offset - PrefixBytes(next)
            : _section.Content.Length;
        for (int place = start; place + 4 <= end; place += 4)
        {
            int distance = BinaryPrimitives.ReadInt32LittleEndian(_section.Content.AsSpan(place));
            if (distance == 0 || _section.Relocations.ContainsKey(place)
                || (isCell && !_section.Relocations.ContainsKey(place - 4)))
            {
                continue;
            }

            int target = place + (distance & ~FlagBits);
            if (!Array.Exists(_symbols, other => other.Offset == target))
            {
                throw new InvalidDataException($"{symbol.Name}: the word at 0x{place:x} refers to nothing known.");
            }

            _relativeWords.Add(place);
        }
    }

    // Header, virtual methods, interfaces; relative pointers follow.
    int TableBytes(ElfSymbol table)
    {
        uint counts = U32(table, CountsOffset);
        return TableHeaderBytes + 4 * (int)((counts & 0xFFFF) + (counts >> 16));
    }

    // What stands before a symbol for others than this program: where a type's pointers are, an object's lock.
    int PrefixBytes(ElfSymbol symbol)
    {
        if (IsObject(symbol))
        {
            return ObjectHeaderBytes;
        }

        if (!IsTypeTable(symbol) || (U32(symbol) & HasPointers) == 0)
        {
            return 0;
        }

        // The number of runs of pointers, each two words before it; negative for arrays of structs.
        int runs = BinaryPrimitives.ReadInt32LittleEndian(_section.Content.AsSpan(symbol.Offset - 4));
        return runs > 0 ? 4 + 8 * runs : 8 - 4 * runs;
    }

    int ObjectBytes(ElfSymbol symbol)
    {
        ElfSymbol type = _section.Relocations[symbol.Offset].Symbol;
        uint flags = U32(type);
        int size = (int)U32(type, BaseSizeOffset) - ObjectHeaderBytes;
        return (flags & HasComponents) != 0 ? size + (int)(flags & 0xFFFF) * (int)U32(symbol, LengthOffset) : size;
    }

    void WriteModuleHeader(ElfSymbol header)
    {
        int row = Enumerable.Range(0, (int)U32(header, RowCountOffset) & 0xFFFF)
            .Select(index => header.Offset + RowsOffset + index * RowBytes)
            .First(row => BinaryPrimitives.ReadInt32LittleEndian(_section.Content.AsSpan(row)) == StaticsRow);
        WriteLabel(header, RowsOffset + RowBytes);
        WriteBytes(header.Offset, header.Offset + RowCountOffset);
        _text.Append("\t.short 1\n");
        WriteBytes(header.Offset + RowCountOffset + 2, header.Offset + RowsOffset);
        WriteBytes(row, row + RowBytes);
    }

    void OpenSection(string name, uint alignment)
    {
        string kind = _section.IsZeros ? "nobits" : "progbits";
        _text.Append(CultureInfo.InvariantCulture, $"\n\t.section \"{name}\",\"{_section.FlagText}\",%{kind}\n");
        if (alignment > 1)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\t.balign {alignment}\n");
        }
    }

    void WriteLabel(ElfSymbol symbol, int size)
    {
        string name = MachineProgram.Quote(symbol.Name);
        if (symbol.IsGlobal)
        {
            _text.Append(CultureInfo.InvariantCulture, $"\t.global {name}\n");
        }

        _text.Append(CultureInfo.InvariantCulture, $"\t.type {name},%object\n\t.size {name},{size}\n{name}:\n");
    }

    void WriteBytes(int from, int to)
    {
        if (_section.IsZeros)
        {
            _text.Append(to > from ? string.Create(CultureInfo.InvariantCulture, $"\t.skip {to - from}\n") : "");
            return;
        }

        for (int i = from; i < to;)
        {
            if (_section.Relocations.TryGetValue(i, out Relocation? relocation))
            {
                _text.Append("\t.word ").Append(WordText(i, relocation)).Append('\n');
                i += 4;
            }
            else if (_relativeWords.Contains(i))
            {
                int distance = BinaryPrimitives.ReadInt32LittleEndian(_section.Content.AsSpan(i));
                ElfSymbol target = Array.Find(_symbols, symbol => symbol.Offset == i + (distance & ~FlagBits))!;
                _text.Append(
                    CultureInfo.InvariantCulture, $"\t.word \"{target.Name}\"+{distance & FlagBits}-.\n");
                i += 4;
            }
            else
            {
                _text.Append(CultureInfo.InvariantCulture, $"\t.byte 0x{_section.Content[i]:x2}\n");
                i++;
            }
        }
    }

    string WordText(int offset, Relocation relocation)
    {
        ElfSymbol symbol = relocation.Symbol;
        int added = BinaryPrimitives.ReadInt32LittleEndian(_section.Content.AsSpan(offset));
        string name = symbol is { Section.IsCode: true }
            ? _program.NameOf(symbol.Section, symbol.Offset)
            : MachineProgram.Quote(symbol.Name);
        return relocation.Type switch
        {
            Relocation.Absolute32 => $"{name}+{added}",
            Relocation.Relative32 => $"{name}+{added}-.",
            _ => throw new InvalidDataException($"{_section.Name} has a relocation of type {relocation.Type}."),
        };
    }

    static uint U32(ElfSymbol symbol, int offset = 0)
        => BinaryPrimitives.ReadUInt32LittleEndian(symbol.Section!.Content.AsSpan(symbol.Offset + offset));
}
