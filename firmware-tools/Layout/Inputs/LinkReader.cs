using Twinbank.Errors;

namespace Twinbank.Layout.Inputs;

/// <summary>Reads one link: its ELF file, its map and the objects that the map names.</summary>
public sealed class LinkReader
{
    /// <summary>How the output sections that a layout adds begin; a number follows.</summary>
    internal const string FurtherCode = ".stable";

    /// <summary>A part of the code so small is not worth a warning: a sixteenth.</summary>
    const int OwnNameShare = 16;

    static readonly string[] s_placeable =
        [".text", ".rodata", ".data", ".bss", ".sdata", ".sbss", ".srodata", ".noinit", ".gnu.linkonce", "COMMON"];

    readonly ElfObject _elf;
    readonly LinkMap _map;
    readonly InputFiles? _files;
    readonly List<LinkOutput> _outputs = [];
    readonly List<string> _warnings = [];
    readonly Dictionary<string, int> _keys = new(StringComparer.Ordinal);

    LinkReader(ElfObject elf, LinkMap map, InputFiles? files)
    {
        _elf = elf;
        _map = map;
        _files = files;
    }

    /// <summary>Reads a link.</summary>
    /// <param name="elf">The linked ELF file.</param>
    /// <param name="map">The map of the same link.</param>
    /// <param name="files">
    /// The objects; null for a release of the past, whose objects are gone: then alignments are taken from addresses.
    /// </param>
    /// <exception cref="FirmwareException">LayoutMapMismatch, LayoutObjectMissing, BadElf, BadArchive.</exception>
    public static LinkInputs Read(ElfObject elf, LinkMap map, InputFiles? files)
    {
        var reader = new LinkReader(elf, map, files);
        reader.ReadOutputs();
        return reader.Collect();
    }

    /// <summary>The map and the ELF file must be of one link, or every address would be wrong.</summary>
    void ReadOutputs()
    {
        foreach (ElfSection section in _elf.Sections)
        {
            if (!section.IsAllocated || section.SizeBytes == 0)
            {
                continue;
            }

            if (_map.FindOutput(section.Name) is not { } output)
            {
                throw Mismatch($"the map has no output section {section.Name}");
            }

            if (output.Address != section.Address || output.SizeBytes != section.SizeBytes)
            {
                throw Mismatch(
                    $"{section.Name} is 0x{section.SizeBytes:X} bytes at 0x{section.Address:X8} in the ELF file and "
                    + $"0x{output.SizeBytes:X} at 0x{output.Address:X8} in the map");
            }

            _outputs.Add(new LinkOutput(
                section.Name, section.Address, section.SizeBytes, output.LoadAddress, section.IsWritable,
                section.IsExecutable, section.Type != ElfSection.TypeNoBits));
        }

        if (_outputs.Count == 0)
        {
            throw Mismatch("the ELF file has no section with memory");
        }
    }

    LinkInputs Collect()
    {
        LinkOutput code = Largest(output => output.IsExecutable && output.HasBytes)
            ?? throw Mismatch("no output section holds code");
        LinkOutput? data = Largest(output => output.IsWritable && output.HasBytes);
        LinkOutput? zero = Largest(output => output.IsWritable && !output.HasBytes);
        HashSet<string> constants = [.. _outputs
            .Where(output => output is { IsWritable: false, IsExecutable: false, HasBytes: true }
                && output.Address == output.LoadAddress)
            .Select(output => output.Name)];
        var references = new ReferenceCounter();
        List<Piece> pieces = [];
        foreach (MapSection[] group in Groups())
        {
            string output = group[0].OutputSection;
            PieceKind? kind = output == code.Name || IsFurtherCode(output) ? PieceKind.Code
                : constants.Contains(output) ? PieceKind.Constant
                : output == data?.Name ? PieceKind.Data
                : output == zero?.Name ? PieceKind.Zero
                : null;
            if (kind is { } known && IsPlaceable(group[0].Name))
            {
                pieces.Add(Make(group, known, references));
            }
        }

        WarnOfOwnNames(code);
        return new LinkInputs
        {
            Pieces = [.. pieces.Select(piece => piece with { ReferenceCount = references.To(piece) })],
            Outputs = _outputs, Code = code, Data = data, Zero = zero, Machine = _elf.Machine,
            HasLongBranch = ArmAttributes.HasLongBranch(_elf), Warnings = [.. _warnings, .. references.Warnings],
        };
    }

    /// <summary>Code under a name of its own, as other compilers than GCC and LLVM write it, is not laid out.</summary>
    void WarnOfOwnNames(LinkOutput code)
    {
        foreach (IGrouping<string, MapSection> group in _map.Sections
            .Where(section => section.OutputSection == code.Name && !IsPlaceable(section.Name))
            .GroupBy(section => section.Name))
        {
            long bytes = group.Sum(section => section.SizeBytes);
            if (bytes > code.SizeBytes / OwnNameShare)
            {
                _warnings.Add($"{bytes} bytes of code are in sections named {group.Key}; they are one piece for the "
                    + "linker, so they are not stable and stay where the script puts them");
            }
        }
    }

    /// <summary>What a layout adds behind other areas when the code has grown around them.</summary>
    static bool IsFurtherCode(string output) => output.StartsWith(FurtherCode, StringComparison.Ordinal);

    LinkOutput? Largest(Func<LinkOutput, bool> isWanted)
        => _outputs.Where(isWanted).OrderByDescending(output => output.SizeBytes).FirstOrDefault();

    /// <summary>Sections of one object with one name go together: a linker script cannot tell them apart.</summary>
    IEnumerable<MapSection[]> Groups()
        => _map.Sections
            .GroupBy(section => (section.OutputSection, section.File, section.Member, section.Name))
            .Select(group => group.ToArray());

    /// <summary>Names of their own are lists that a script gathers, such as .init_array: they stay with it.</summary>
    static bool IsPlaceable(string name)
        => s_placeable.Any(start => name == start || name.StartsWith(start + ".", StringComparison.Ordinal));

    Piece Make(MapSection[] group, PieceKind kind, ReferenceCounter references)
    {
        MapSection first = group[0];
        string key = PieceKey.Of(first.File, first.Member, first.Name);
        int count = _keys.GetValueOrDefault(key);
        _keys[key] = count + 1;
        var piece = new Piece
        {
            Key = count == 0 ? key : $"{key}#{count}", Kind = kind, LinkedAddress = group.Min(part => part.Address),
            SizeBytes = group.Max(part => part.Address + part.SizeBytes) - group.Min(part => part.Address),
            AlignmentBytes = AlignmentAt(first.Address), Content = "", File = first.File, Member = first.Member,
            Section = first.Name,
        };
        if (_files is null)
        {
            return piece;
        }

        ElfObject file = _files.Find(first.File, first.Member);
        ElfSection[] sections = [.. file.Sections.Where(section => section.Name == first.Name)];
        if (sections.Length == 0)
        {
            // COMMON is no section: its symbols say how they are aligned.
            uint common = file.Symbols.Where(symbol => symbol.SectionIndex == ElfSymbol.Common)
                .Select(symbol => symbol.Value).DefaultIfEmpty(8u).Max();
            return piece with { AlignmentBytes = Math.Max(1, common), SizeBytes = Sum(group, common) };
        }

        uint alignment = sections.Max(section => section.AlignmentBytes);
        references.Add(piece, file, sections);
        return piece with
        {
            AlignmentBytes = alignment, SizeBytes = Sum(group, alignment), Content = PieceContent.Of(file, sections),
            EntrySymbol = kind == PieceKind.Code ? EntryOf(file, sections) : "",
        };
    }

    static uint Sum(MapSection[] group, uint alignment)
        => group.Aggregate(0u, (size, part) => ((size + alignment - 1) / alignment * alignment) + part.SizeBytes);

    /// <summary>Without the object: what the address allows, at most 8, which no common type exceeds.</summary>
    static uint AlignmentAt(uint address) => address == 0 ? 8 : Math.Min(8, address & ~(address - 1));

    /// <summary>Only a piece with one way in can have its way in moved.</summary>
    static string EntryOf(ElfObject file, ElfSection[] sections)
    {
        if (sections.Length != 1)
        {
            return "";
        }

        ElfSymbol[] symbols = [.. file.Symbols.Where(symbol
            => symbol.SectionIndex == sections[0].Index && symbol is { IsGlobal: true, IsFunction: true })];
        return symbols.Length == 1 && (symbols[0].Value & ~1u) == 0 ? symbols[0].Name : "";
    }

    FirmwareException Mismatch(string problem)
        => new(ErrorCode.LayoutMapMismatch, ("map", _map.Source), ("problem", problem));
}
