using System.CommandLine;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw layout ...</c>: links that keep everything in its place.</summary>
static class LayoutCommands
{
    internal static Command Create(CommandHost host)
        => CommandHost.Group(
            "layout", "Keep functions, constants and variables at their addresses from release to release.",
            LayoutPlanCommand.Create(host), LayoutReportCommand.Create(host));
}
