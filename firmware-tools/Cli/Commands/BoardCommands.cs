using System.CommandLine;
using Spectre.Console;
using Twinbank.Boards;
using Twinbank.Cli.Terminal;
using Region = Twinbank.Boards.Region;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw board list|show</c></summary>
static class BoardCommands
{
    internal static Command Create(CommandHost host)
        => CommandHost.Group("board", "List and show boards.", List(host), Show(host));

    static Command List(CommandHost host)
        => host.Make("list", "List the boards that are known.", (_, output, _) =>
        {
            IReadOnlyList<Board> boards = BoardCatalog.Locate().LoadAll();
            output.Result(
                boards.Select(b => new
                {
                    b.Id, b.Name, chip = b.Chip.Id, translation = b.Translation.Kind, slotBytes = b.Slots.SlotBytes,
                    virtualBase = $"0x{b.VirtualBase:X8}", variants = b.Variants.Select(v => v.Name),
                }),
                () =>
                {
                    var table = new Table().Border(TableBorder.Simple)
                        .AddColumns("board", "name", "translation", "slot", "block", "golden");
                    foreach (Board b in boards)
                    {
                        table.AddRow(
                            Markup.Escape(b.Id), Markup.Escape(b.Name), $"{b.Translation.Kind}",
                            $"{b.Slots.SlotBytes / 1024} KiB", $"{b.Slots.BlockBytes / 1024} KiB", b.Golden == null ? "no" : "yes");
                    }

                    output.Screen.Write(table);
                });
            return Task.CompletedTask;
        });

    static Command Show(CommandHost host)
    {
        var id = new Argument<string>("board") { Description = "Board id or board file.", HelpName = "board" };
        id.CompletionSources.Add(
            _ => BoardCatalog.Locate().BoardIds.Select(b => new System.CommandLine.Completions.CompletionItem(b)));
        return host.Make("show", "Show a board: flash, regions, slots, links.", (parsed, output, _) =>
        {
            Board board = BoardCatalog.Locate().Find(parsed.GetRequiredValue(id));
            output.Result(View(board), () => Write(output, board));
            return Task.CompletedTask;
        }, id);
    }

    static object View(Board b)
        => new
        {
            b.Id, b.Name, b.Description, b.Source, chip = b.Chip.Id, virtualBase = $"0x{b.VirtualBase:X8}", b.VirtualBytes,
            translation = new { b.Translation.Kind, b.Translation.GranuleBytes }, b.Slots,
            payloads = b.Payloads, trial = b.Trial,
            regions = b.Regions.Select(r => new
            {
                r.Name, bank = r.Bank.Id, start = $"0x{r.StartAddress:X8}", r.SizeBytes, r.SectorBytes, r.ProgramUnitBytes,
                r.UnitsAreWriteOnce,
            }),
            links = b.Links, variants = b.Variants.Select(v => v.Name),
        };

    static void Write(CommandOutput output, Board b)
    {
        TextWriter to = output.Results;
        to.WriteLine($"{b.Id}: {b.Name}");
        to.WriteLine($"  {b.Description}");
        to.WriteLine($"  chip         {b.Chip.Id}");
        to.WriteLine($"  runs at      0x{b.VirtualBase:X8}, {Shared.Size(b.VirtualBytes)} ({string.Join(", ", b.Payloads)})");
        to.WriteLine($"  translation  {b.Translation.Kind}, granule {b.Translation.GranuleBytes} bytes");
        to.WriteLine($"  slot         {Shared.Size(b.Slots.SlotBytes)}: header {b.Slots.HeaderBytes}, then {b.Slots.BlockCount} blocks of {b.Slots.BlockBytes} ({b.Slots.BufferBytes} buffer)");
        to.WriteLine($"  trial        {b.Trial.BootCount} boots, {b.Trial.ProbationSeconds} s probation");
        var table = new Table().Border(TableBorder.Simple).AddColumns("region", "flash", "start", "size", "sectors", "program unit");
        foreach (Region r in b.Regions)
        {
            table.AddRow(
                Markup.Escape(r.Name), Markup.Escape(r.Bank.Id), $"0x{r.StartAddress:X8}", $"{r.SizeBytes / 1024} KiB",
                $"{r.SectorCount} x {r.SectorBytes}", $"{r.ProgramUnitBytes}{(r.UnitsAreWriteOnce ? " once" : "")}");
        }

        output.Screen.Write(table);
        foreach (BoardLink link in b.Links)
        {
            to.WriteLine($"  link         {link.Kind}: {link.Description}");
        }
    }
}
