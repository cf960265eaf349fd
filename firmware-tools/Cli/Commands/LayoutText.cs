using System.Globalization;
using Spectre.Console;
using Twinbank.Cli.Terminal;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Reports;

namespace Twinbank.Cli.Commands;

/// <summary>A layout for people.</summary>
static class LayoutText
{
    const int ChangesShownMax = 40;

    internal static void Show(CommandOutput output, LayoutReport report, object? files = null)
        => output.Result(files is null ? report : new { files, report }, () =>
        {
            output.Results.WriteLine(
                $"{report.Board}: {report.PieceCount} pieces; {report.KeptCount} kept ({report.UnchangedCount} with the "
                + $"same content), {report.MovedCount} moved, {report.NewCount} new, {report.RemovedCount} removed");
            ShowBlocks(output, report);
            foreach (LayoutChange change in report.Changes.Take(ChangesShownMax))
            {
                output.Results.WriteLine("  " + Line(change));
            }

            if (report.Changes.Count > ChangesShownMax)
            {
                output.Results.WriteLine($"  and {report.Changes.Count - ChangesShownMax} more; --output json has all");
            }

            foreach (var entry in report.Entries)
            {
                output.Results.WriteLine($"  0x{entry.Address:X8} leads to {entry.Symbol}, which others call here");
            }
        });

    static void ShowBlocks(CommandOutput output, LayoutReport report)
    {
        Table table = new Table().Border(TableBorder.Simple)
            .AddColumns("block", "address", "data", "holes", "spare used", "entries");
        foreach (LayoutBlock block in report.Blocks)
        {
            table.AddRow(
                Number(block.Index), $"0x{block.Address:X8}", Shared.Size(block.DataBytes), Shared.Size(block.HoleBytes),
                $"{Shared.Size(block.SpareUsedBytes)} of {Shared.Size(block.SpareBytes)}", Number(block.EntryCount));
        }

        output.Screen.Write(table);
    }

    static string Line(LayoutChange change) => change.Reason switch
    {
        null => $"removed 0x{change.From:X8} {change.PreviousBytes} bytes: {change.Key}",
        PlaceReason.New => $"new     0x{change.To:X8} {change.SizeBytes} bytes: {change.Key}",
        PlaceReason.GrewInPlace =>
            $"grew    0x{change.To:X8} from {change.PreviousBytes} to {change.SizeBytes} bytes in place: {change.Key}",
        PlaceReason.AreaMoved =>
            $"moved   0x{change.From:X8} to 0x{change.To:X8} with its area: {change.Key}",
        _ => $"moved   0x{change.From:X8} to 0x{change.To:X8}, grown from {change.PreviousBytes} to {change.SizeBytes} "
            + $"bytes, {(change.Reason == PlaceReason.MovedInBlock ? "in its block" : "to another block")}: {change.Key}",
    };

    static string Number(int value) => value.ToString(CultureInfo.InvariantCulture);
}
