using System.Globalization;
using Spectre.Console;
using Twinbank.Cli.Terminal;
using Twinbank.Images.Planning;

namespace Twinbank.Cli.Commands;

/// <summary>A plan of an update, for people and for programs.</summary>
static class PlanText
{
    internal static object View(UpdatePlan plan)
        => new
        {
            choice = plan.Choice.Strategy, plan.Reason,
            rows = plan.Rows.Select(row => row.IsApplicable
                ? (object)new
                {
                    row.Strategy, applicable = true, row.WireBytes, row.ProgrammedBytes, row.SectorErases,
                    row.WorstSectorErases, row.DeviceRamBytes, row.LinkSeconds, row.FlashSeconds, row.Seconds,
                    row.IsUpperBound,
                }
                : new { row.Strategy, applicable = false, row.WhyNot }),
        };

    internal static void Write(CommandOutput output, UpdatePlan plan)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumns(
            "", "strategy", "on the wire", "programmed", "erases", "worst sector", "RAM", "link", "flash", "total");
        foreach (int column in Enumerable.Range(2, 8))
        {
            table.Columns[column].RightAligned();
        }

        foreach (StrategyEstimate row in plan.Rows.Where(row => row.IsApplicable))
        {
            string atMost = row.IsUpperBound ? "<= " : "";
            table.AddRow(
                row == plan.Choice ? ">" : "", UpdatePlanner.NameOf(row.Strategy), Count(row.WireBytes),
                atMost + Count(row.ProgrammedBytes), atMost + Count(row.SectorErases), Count(row.WorstSectorErases),
                Count(row.DeviceRamBytes), Seconds(row.LinkSeconds), Seconds(row.FlashSeconds), Seconds(row.Seconds));
        }

        output.Screen.Write(table);
        foreach (StrategyEstimate row in plan.Rows.Where(row => !row.IsApplicable))
        {
            output.Results.WriteLine($"  not {UpdatePlanner.NameOf(row.Strategy)}: {row.WhyNot}");
        }

        output.Results.WriteLine($"choice: {plan.Reason}");
    }

    static string Count(long number) => number.ToString("N0", CultureInfo.InvariantCulture);

    static string Seconds(double? seconds) => seconds is { } value ? UpdatePlanner.TimeText(value) : "?";
}
