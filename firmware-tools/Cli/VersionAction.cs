using System.CommandLine;
using System.CommandLine.Invocation;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli;

/// <summary><c>fw --version</c>, as text or as one JSON object.</summary>
internal sealed class VersionAction(CommandHost host) : SynchronousCommandLineAction
{
    public override int Invoke(ParseResult parseResult)
    {
        CommandOutput output = host.Options.Open(parseResult, host.Terminal);
        output.Result(new { version = ToolVersion.Text }, () => output.Results.WriteLine(ToolVersion.Text));
        return 0;
    }
}
