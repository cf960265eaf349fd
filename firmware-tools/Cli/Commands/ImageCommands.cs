using System.CommandLine;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image ...</c>: everything that needs no device.</summary>
static class ImageCommands
{
    internal static Command Create(CommandHost host)
        => CommandHost.Group(
            "image", "Build, look at, compare and take apart images.",
            ImageBuildCommand.Create(host), ImageInspectCommand.Create(host), ImageVerifyCommand.Create(host),
            ImageDeltaCommands.Diff(host), ImageDeltaCommands.Apply(host), ImageExtractCommand.Create(host),
            ImageMapCommand.Create(host));
}
