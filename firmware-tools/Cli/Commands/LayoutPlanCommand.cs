using System.CommandLine;
using System.Text;
using Twinbank.Boards;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Layout;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;
using Twinbank.Layout.Reports;
using Twinbank.Layout.Scripts;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw layout plan</c></summary>
sealed class LayoutPlanCommand
{
    readonly Option<string> _board = new("--board", "-b") { Description = "Board id or board file.", Required = true };
    readonly Option<string> _elf = new("--elf") { Description = "The ELF file of an ordinary link.", Required = true };
    readonly Option<string> _map = new("--map") { Description = "The map of that link (-Wl,-Map=FILE).", Required = true };
    readonly Option<string> _script = new("--script")
    {
        Description = "The linker script of that link.", Required = true,
    };

    readonly Option<string> _out = new("--out") { Description = "The linker script to write.", Required = true };
    readonly Option<string> _record = new("--record")
    {
        Description = "The layout record to write; keep it with the release.", Required = true,
    };

    readonly Option<string?> _previous = new("--previous") { Description = "Layout record of the previous release." };
    readonly Option<string?> _previousElf = new("--previous-elf")
    {
        Description = "Without a record: the ELF file of the previous release, to keep its addresses.",
    };

    readonly Option<string?> _previousMap = new("--previous-map") { Description = "The map of that ELF file." };
    readonly Option<string?> _root = new("--root")
    {
        Description = "Folder that the linker ran in, where the map's file names start; default: this one.",
    };

    readonly Option<string?> _block = new("--block-bytes") { Description = "Size of a logical block." };
    readonly Option<string?> _buffer = new("--buffer-bytes") { Description = "Part of each block kept free of data." };
    readonly Option<string?> _spare = new("--spare-bytes")
    {
        Description = "Part of each block's data kept for what outgrows its place; default: as much as the buffer.",
    };

    readonly Option<bool> _force = Shared.Force();
    readonly Option<bool> _dryRun = Shared.DryRun();

    internal static Command Create(CommandHost host)
    {
        var it = new LayoutPlanCommand();
        return host.Make(
            "plan", "Write the linker script and the layout record of a release.", it.Run, it._board, it._elf, it._map,
            it._script, it._out, it._record, it._previous, it._previousElf, it._previousMap, it._root, it._block,
            it._buffer, it._spare, it._force, it._dryRun);
    }

    Task Run(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        string script = parsed.GetRequiredValue(_script);
        bool dryRun = parsed.GetValue(_dryRun);

        // Both are written or none: a script without the record that belongs to it would be the next release's loss.
        ImageFiles.RefuseExisting(parsed.GetRequiredValue(_out), parsed.GetValue(_force) || dryRun);
        ImageFiles.RefuseExisting(parsed.GetRequiredValue(_record), parsed.GetValue(_force) || dryRun);
        LinkInputs link = LayoutFiles.Link(
            parsed.GetRequiredValue(_elf), parsed.GetRequiredValue(_map), parsed.GetValue(_root) ?? "");
        LayoutGeometry geometry = Geometry(parsed);
        LayoutRecord? previous = Previous(parsed, geometry);
        LayoutPlan plan = LayoutPlanner.Plan(
            link, previous is null ? geometry : geometry with { SpareBytes = Spare(parsed) ?? previous.SpareBytes },
            previous);
        string text = StableScript.Write(plan, InputFile.ReadText(script, LayoutLimits.ScriptBytesMax), script);
        LayoutRecord record = plan.ToRecord();
        if (!dryRun)
        {
            Shared.WriteFile(parsed.GetRequiredValue(_out), Encoding.UTF8.GetBytes(text), parsed.GetValue(_force));
            Shared.WriteFile(parsed.GetRequiredValue(_record), LayoutRecordFile.Write(record), parsed.GetValue(_force));
        }

        foreach (string warning in plan.Link.Warnings.Concat(plan.Notes))
        {
            output.Note(warning);
        }

        LayoutText.Show(
            output, LayoutReport.Of(record, previous), new
            {
                script = parsed.GetRequiredValue(_out), record = parsed.GetRequiredValue(_record), written = !dryRun,
                warnings = plan.Link.Warnings, notes = plan.Notes,
            });
        return Task.CompletedTask;
    }

    LayoutGeometry Geometry(ParseResult parsed)
    {
        Board board = BoardCatalog.Locate().Find(parsed.GetRequiredValue(_board));
        uint block = Shared.NumberOrNull(parsed, _block) ?? board.Slots.BlockBytes;
        uint buffer = Shared.NumberOrNull(parsed, _buffer)
            ?? (parsed.GetValue(_block) is null ? board.Slots.BufferBytes : 0);
        uint spare = Spare(parsed) ?? board.Slots.BufferBytes;
        if (buffer >= block || spare >= block - buffer)
        {
            throw new FirmwareException(
                ErrorCode.BlockGeometryRefused, ("board", board.Id), ("blockBytes", block), ("bufferBytes", buffer),
                ("reason", $"{spare} bytes of spare area are to go into it, too"));
        }

        uint slot = board.Slots.SlotBytes - board.Slots.HeaderBytes;
        return new LayoutGeometry(
            board.Id, board.VirtualBase, Math.Min(board.VirtualBytes, slot / block * (block - buffer)), block - buffer,
            spare);
    }

    uint? Spare(ParseResult parsed) => Shared.NumberOrNull(parsed, _spare);

    LayoutRecord? Previous(ParseResult parsed, LayoutGeometry geometry)
    {
        if (parsed.GetValue(_previous) is { } record)
        {
            return LayoutFiles.Record(record);
        }

        string? elf = parsed.GetValue(_previousElf);
        string? map = parsed.GetValue(_previousMap);
        if ((elf is null) != (map is null))
        {
            throw new FirmwareException(
                ErrorCode.OptionMissing, ("option", elf is null ? "--previous-elf" : "--previous-map"),
                ("reason", "the ELF file and the map of a release say only together where everything is"));
        }

        return elf is null ? null : LayoutAdoption.Adopt(LayoutFiles.PastLink(elf, map!), geometry);
    }
}
