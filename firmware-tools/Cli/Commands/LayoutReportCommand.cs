using System.CommandLine;
using Twinbank.Errors;
using Twinbank.Layout.Records;
using Twinbank.Layout.Reports;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw layout report</c></summary>
static class LayoutReportCommand
{
    internal static Command Create(CommandHost host)
    {
        var record = new Argument<string>("record") { Description = "The layout record of a release." };
        var previous = new Option<string?>("--previous")
        {
            Description = "Layout record of the release before, to show what moved and why.",
        };
        var elf = new Option<string?>("--elf") { Description = "The finished ELF file: check that it follows the record." };
        var map = new Option<string?>("--map") { Description = "The map of that ELF file." };
        return host.Make("report", "Show what moved, and how full the blocks are.", (parsed, output, _) =>
        {
            LayoutRecord layout = LayoutFiles.Record(parsed.GetRequiredValue(record));
            string? elfPath = parsed.GetValue(elf);
            string? mapPath = parsed.GetValue(map);
            if ((elfPath is null) != (mapPath is null))
            {
                throw new FirmwareException(
                    ErrorCode.OptionMissing, ("option", elfPath is null ? "--elf" : "--map"),
                    ("reason", "the ELF file and its map say only together where everything is"));
            }

            if (elfPath is not null)
            {
                LayoutCheck.Verify(LayoutFiles.PastLink(elfPath, mapPath!), layout);
                output.Note($"{elfPath} follows the record: all {layout.Pieces.Count} pieces are in their places");
            }

            string? before = parsed.GetValue(previous);
            LayoutText.Show(output, LayoutReport.Of(layout, before is null ? null : LayoutFiles.Record(before)));
            return Task.CompletedTask;
        }, record, previous, elf, map);
    }
}
