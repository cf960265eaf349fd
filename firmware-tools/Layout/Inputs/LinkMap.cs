using System.Globalization;
using System.Text.RegularExpressions;
using Twinbank.Errors;

namespace Twinbank.Layout.Inputs;

/// <summary>
/// What a map of GNU ld (<c>-Wl,-Map=app.map</c>) says about the memory: output sections, and the input sections in
/// them by address. Symbols, fill and statements of the script are skipped.
/// </summary>
public sealed partial class LinkMap
{
    const string MemoryTitle = "Linker script and memory map";

    readonly List<MapOutput> _outputs = [];
    readonly List<MapSection> _sections = [];
    readonly string _source;
    string _output = "";
    string _pending = "";

    LinkMap(string source) => _source = source;

    /// <summary>The output sections that have a size or an address, in the order of the script.</summary>
    public IReadOnlyList<MapOutput> Outputs => _outputs;

    /// <summary>The input sections that have a size, in the order of the map.</summary>
    public IReadOnlyList<MapSection> Sections => _sections;

    /// <summary>The name of the file, for messages.</summary>
    public string Source => _source;

    /// <summary>Reads the text of a map.</summary>
    /// <exception cref="FirmwareException">BadLinkMap: not a map of GNU ld, or without sections.</exception>
    public static LinkMap Parse(string text, string source)
    {
        var map = new LinkMap(source);
        bool isInside = false;
        foreach (string line in text.Split('\n'))
        {
            string trimmed = line.TrimEnd();
            if (!isInside)
            {
                isInside = trimmed.StartsWith(MemoryTitle, StringComparison.Ordinal);
                continue;
            }

            map.Take(trimmed);
        }

        if (!isInside)
        {
            throw Bad(source, $"the line '{MemoryTitle}' is not in it");
        }

        return map._sections.Count > 0 ? map : throw Bad(source, "it lists no input section with a size");
    }

    /// <summary>The output section of this name, or null.</summary>
    public MapOutput? FindOutput(string name)
    {
        int index = _outputs.FindIndex(output => output.Name == name);
        return index < 0 ? null : _outputs[index];
    }

    void Take(string line)
    {
        if (line.Length == 0)
        {
            _pending = "";
            return;
        }

        if (!char.IsWhiteSpace(line[0]))
        {
            TakeOutput(line);
        }
        else if (_pending.Length > 0 && TakePending(line))
        {
        }
        else if (SectionNameAlone().IsMatch(line))
        {
            _pending = line.Trim();
        }
        else if (SectionLine().Match(line) is { Success: true } match)
        {
            Add(match.Groups[1].Value, match, 2);
        }
    }

    /// <summary>A line that starts in column 0: an output section, its name perhaps alone.</summary>
    void TakeOutput(string line)
    {
        _pending = "";
        if (OutputLine().Match(line) is { Success: true } match)
        {
            _output = match.Groups[1].Value;
            AddOutput(match, 2);
        }
        else if (OutputNameAlone().IsMatch(line))
        {
            _output = line;
            _pending = line;
        }
    }

    /// <summary>True when the line has the numbers of a name that was too long to share its own line.</summary>
    bool TakePending(string line)
    {
        string name = _pending;
        _pending = "";
        if (name == _output && OutputNumbers().Match(line) is { Success: true } numbers)
        {
            AddOutput(numbers, 1);
            return true;
        }

        Match match = SectionNumbers().Match(line);
        if (match.Success)
        {
            Add(name, match, 1);
        }

        return match.Success;
    }

    void AddOutput(Match match, int group)
        => _outputs.Add(new MapOutput(
            _output, Number(match, group), Number(match, group + 1),
            match.Groups[group + 2].Success ? Number(match, group + 2) : Number(match, group)));

    void Add(string name, Match match, int group)
    {
        uint size = Number(match, group + 1);
        string file = match.Groups[group + 2].Value;
        if (size == 0 || _output.Length == 0 || file == "linker stubs" || file.EndsWith('='))
        {
            return;
        }

        if (_sections.Count >= LayoutLimits.PieceCountMax)
        {
            throw Bad(_source, $"it lists more than {LayoutLimits.PieceCountMax} input sections");
        }

        string member = "";
        if (file.EndsWith(')') && file.LastIndexOf('(') is > 0 and int open)
        {
            member = file[(open + 1)..^1];
            file = file[..open];
        }

        _sections.Add(new MapSection(_output, name, Number(match, group), size, file, member));
    }

    uint Number(Match match, int group)
    {
        ReadOnlySpan<char> digits = match.Groups[group].ValueSpan.TrimStart('0');
        uint value = 0;
        return digits.IsEmpty
            || uint.TryParse(digits, NumberStyles.HexNumber, CultureInfo.InvariantCulture, out value)
            ? value
            : throw Bad(_source, $"the number 0x{digits} has more than 32 bits");
    }

    static FirmwareException Bad(string source, string problem)
        => new(ErrorCode.BadLinkMap, ("path", source), ("problem", problem));

    [GeneratedRegex(@"^(\.?[A-Za-z_][\w.$+-]*)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)(?:\s+load address 0x([0-9a-f]+))?\s*$")]
    private static partial Regex OutputLine();

    [GeneratedRegex(@"^\.?[A-Za-z_][\w.$+-]*$")]
    private static partial Regex OutputNameAlone();

    [GeneratedRegex(@"^\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)(?:\s+load address 0x([0-9a-f]+))?\s*$")]
    private static partial Regex OutputNumbers();

    [GeneratedRegex(@"^ (?![*\d])(\S+)\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S.*)$")]
    private static partial Regex SectionLine();

    [GeneratedRegex(@"^ (?![*\d])[^\s(=]+$")]
    private static partial Regex SectionNameAlone();

    [GeneratedRegex(@"^\s+0x([0-9a-f]+)\s+0x([0-9a-f]+)\s+(\S.*)$")]
    private static partial Regex SectionNumbers();
}
