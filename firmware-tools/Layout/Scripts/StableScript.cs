using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Scripts;

/// <summary>
/// A user's linker script with the addresses of a plan written into it. Everything else of the script stays: symbols,
/// regions, program headers, checks.
/// </summary>
public sealed partial class StableScript
{
    readonly LayoutPlan _plan;
    readonly LinkScript _script;
    readonly List<(int Start, int End, string Text)> _edits = [];

    StableScript(LayoutPlan plan, LinkScript script)
    {
        _plan = plan;
        _script = script;
    }

    /// <summary>The complete script for the second link.</summary>
    /// <param name="plan">The layout.</param>
    /// <param name="script">The text of the script of the first link.</param>
    /// <param name="source">Its name, for messages.</param>
    /// <exception cref="FirmwareException">BadLinkerScript.</exception>
    public static string Write(LayoutPlan plan, string script, string source)
    {
        var writer = new StableScript(plan, LinkScript.Parse(script, source));
        writer.EditCode();
        writer.EditRest();
        writer.EditVariables(plan.Link.Data, plan.Data, PieceKind.Data);
        writer.EditVariables(plan.Link.Zero, plan.Zero, PieceKind.Zero);
        writer.AddEntries();
        return writer.Apply();
    }

    void EditCode()
    {
        ScriptSection section = _script.Find(_plan.Link.Code.Name);
        uint start = _plan.Link.PrefixBytes == 0 ? _plan.Code.Start : _plan.Link.Code.Address;
        List<string>[] chunks = Chunks();
        SetAddress(section, start, start);
        Insert(_script.FirstPlaceable(section), Body(start, _plan.Code.Start, chunks[0]));
        string trailer = LoadRegion().Replace(_script.Text[(section.BodyEnd + 1)..section.End], " ");
        for (int i = 1; i < chunks.Length; i++)
        {
            uint chunkStart = ChunkStarts()[i];
            string header = _script.HeadersEnd < 0 ? trailer : HeaderName().Replace(trailer, $" :stable{i}");
            string body = Body(chunkStart, chunkStart, chunks[i]);

            // Before the section itself, whose own patterns would take these pieces first.
            string place = $"0x{chunkStart:X8} : AT(0x{chunkStart:X8})";
            Insert(section.Start, $"{LinkReader.FurtherCode}{i} {place} {{{body}}}{header}\n    ");
            if (_script.HeadersEnd >= 0)
            {
                Insert(_script.HeadersEnd, $"    stable{i} PT_LOAD FLAGS(5);\n");
            }
        }
    }

    /// <summary>Code is cut where another area lies in between: an output section has no holes for others.</summary>
    uint[] ChunkStarts()
        => [_plan.Code.Start, .. Inside().Select(area => (uint)area.EndAddress).Order()];

    IEnumerable<RecordedArea> Inside()
        => new[] { _plan.Rest, _plan.Load, _plan.Data, _plan.Zero }.OfType<RecordedArea>()
            .Where(area => area.Start > _plan.Code.Start && area.Start < _plan.Code.Start + _plan.Code.UsedBytes);

    List<string>[] Chunks()
    {
        uint[] starts = ChunkStarts();
        var chunks = new List<string>[starts.Length];
        var last = new uint[starts.Length];
        for (int i = 0; i < starts.Length; i++)
        {
            chunks[i] = [];
            last[i] = i == 0 && _plan.Link.PrefixBytes != 0 ? _plan.Link.Code.Address : starts[i];
        }

        IEnumerable<(uint Address, string Text)> pieces = _plan.Pieces
            .Where(placed => placed.Piece.Kind <= PieceKind.Constant)
            .Select(placed => (placed.Address, Statement(placed.Piece)));
        IEnumerable<(uint Address, string Text)> entries = _plan.Entries
            .Select(entry => (entry.Address, EntryStatement(entry)));
        foreach ((uint address, string text) in pieces.Concat(entries).OrderBy(one => one.Address))
        {
            int chunk = Array.FindLastIndex(starts, start => start <= address);
            chunks[chunk].Add($"        . = 0x{address - last[chunk]:X}; {text}");
        }

        return chunks;
    }

    string EntryStatement(EntryPoint entry)
    {
        uint target = _plan.Pieces.First(placed => placed.Piece.Key == entry.Key).Address;
        return $"LONG(0x{EntryBranch.Encode(_plan.Link.Machine, entry.Address, target):X8}) /* to {entry.Symbol} */";
    }

    /// <summary>Holes read as erased flash, so that they cost neither programming nor bytes on the wire.</summary>
    static string Body(uint sectionStart, uint areaStart, List<string> statements)
        => $"\n        /* Laid out by fw layout plan, from 0x{areaStart:X8}; section at 0x{sectionStart:X8}. */"
            + $"\n        FILL(0xFFFFFFFF);\n{string.Join('\n', statements)}\n        ";

    /// <summary>KEEP: what the first link kept is the list, so a second look at what is used would only cost.</summary>
    static string Statement(Piece piece)
    {
        string file = piece.Member.Length == 0
            ? piece.File
            : $"*{piece.File.Replace('\\', '/').Split('/')[^1]}:{piece.Member}";
        bool isPlain = PlainName().IsMatch(file);
        return $"KEEP({(isPlain ? file : $"\"{file}\"")}({piece.Section}))";
    }

    /// <summary>What the script gathers itself goes to an address of its own, before the code that grows.</summary>
    void EditRest()
    {
        if (_plan.Rest is not { } rest)
        {
            return;
        }

        int code = _script.Find(_plan.Link.Code.Name).Start;
        HashSet<string> constants = [.. _plan.Link.Outputs
            .Where(output => output is { IsWritable: false, HasBytes: true } && output != _plan.Link.Code)
            .Select(output => output.Name)];
        ScriptSection? first = _script.Sections.FirstOrDefault(
            section => section.Start > code && constants.Contains(section.Name));
        if (first is not null)
        {
            SetAddress(first, rest.Start, rest.Start);
        }
    }

    void EditVariables(LinkOutput? output, RecordedArea? area, PieceKind kind)
    {
        if (output is null || area is null)
        {
            return;
        }

        ScriptSection section = _script.Find(output.Name);
        List<string> statements = [.. _plan.Pieces.Where(placed => placed.Piece.Kind == kind)
            .Select(placed => $"        . = 0x{placed.Address - area.Start:X}; {Statement(placed.Piece)}")];

        // The end keeps its place while the area has room, since the heap begins there and copying ends there.
        uint end = kind == PieceKind.Zero ? area.RoomBytes : AddressSpan.Align(area.UsedBytes, 64);
        statements.Add($"        . = 0x{Math.Min(end, area.RoomBytes):X};");
        SetAddress(section, area.Start, kind == PieceKind.Data ? _plan.Load?.Start ?? area.Start : null);
        Insert(_script.FirstPlaceable(section), Body(area.Start, area.Start, statements));
    }

    /// <summary>
    /// `.data : AT(...) {` becomes `.data 0xADDRESS : AT(0xLOAD) {`; a load region would contradict a load address.
    /// </summary>
    void SetAddress(ScriptSection section, uint address, uint? load)
    {
        string head = _script.Text[section.Start..section.BodyStart];
        int colon = head.IndexOf(':');
        if (colon < 0)
        {
            throw _script.Bad($"the output section {section.Name} has no colon before its brace");
        }

        string type = SectionType().Match(head[..colon]) is { Success: true } match ? $" {match.Value.Trim()}" : "";
        string after = load is null ? head[(colon + 1)..] : LoadAddress().Replace(head[(colon + 1)..], " ");
        string at = load is { } value ? $" AT(0x{value:X8})" : "";
        _edits.Add((section.Start, section.BodyStart, $"{section.Name} 0x{address:X8}{type} :{at}{after}"));
        if (load is not null)
        {
            string trailer = _script.Text[section.BodyEnd..section.End];
            _edits.Add((section.BodyEnd, section.End, LoadRegion().Replace(trailer, " ")));
        }
    }

    /// <summary>Callers find a function that moved at the address where its branch is.</summary>
    void AddEntries()
    {
        uint mode = _plan.Link.Machine == ElfObject.MachineArm ? 1u : 0u;
        string text = string.Concat(_plan.Entries.Select(
            entry => $"\n    {entry.Symbol} = 0x{entry.Address | mode:X8};"));
        Insert(_script.SectionsStart, text);
    }

    void Insert(int at, string text) => _edits.Add((at, at, text));

    string Apply()
    {
        var text = new StringBuilder("/* Made by fw layout plan. Do not edit: change the script it was made from. */\n");
        int position = 0;
        IEnumerable<(int, int, string)> ordered = _edits.OrderBy(edit => edit.Start).ThenBy(edit => edit.End);
        foreach ((int start, int end, string replacement) in ordered)
        {
            text.Append(CultureInfo.InvariantCulture, $"{_script.Text[position..start]}{replacement}");
            position = end;
        }

        return text.Append(_script.Text[position..]).ToString();
    }

    [GeneratedRegex(@"\(\s*(?:NOLOAD|DSECT|COPY|INFO|OVERLAY|READONLY)\s*\)")]
    private static partial Regex SectionType();

    [GeneratedRegex(@"\bAT\s*\((?:[^()]|\([^()]*\))*\)")]
    private static partial Regex LoadAddress();

    [GeneratedRegex(@"\bAT\s*>\s*[\w.]+")]
    private static partial Regex LoadRegion();

    [GeneratedRegex(@"\s*:\s*\w+")]
    private static partial Regex HeaderName();

    [GeneratedRegex(@"^[\w./*:+~-]+$")]
    private static partial Regex PlainName();
}
