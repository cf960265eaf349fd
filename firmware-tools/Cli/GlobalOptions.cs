using System.CommandLine;
using Twinbank.Cli.Reporting;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli;

/// <summary>Options that every command has.</summary>
public sealed class GlobalOptions
{
    public Option<OutputFormat> Output { get; } = new("--output", "-o")
    {
        Description = "How results are written: text for people, json for programs.", Recursive = true,
        DefaultValueFactory = _ => OutputFormat.Text,
    };

    public Option<bool> Quiet { get; } = new("--quiet", "-q")
    {
        Description = "No progress; errors only.", Recursive = true,
    };

    public Option<bool> NoColor { get; } = new("--no-color")
    {
        Description = "No colour, as with the environment variable NO_COLOR.", Recursive = true,
    };

    public Option<bool> NonInteractive { get; } = new("--non-interactive")
    {
        Description = "Never ask; fail where an answer would be needed.", Recursive = true,
    };

    public Option<string?> Report { get; } = new("--report")
    {
        Description = "Also write a zip file for a bug report: versions, command, log, error; no keys.", Recursive = true,
        HelpName = "file.zip",
    };

    /// <summary>What happens during this run, for <see cref="Report"/>.</summary>
    internal ReportLog Log { get; } = new();

    public void AddTo(Command root)
    {
        root.Options.Add(Output);
        root.Options.Add(Quiet);
        root.Options.Add(NoColor);
        root.Options.Add(NonInteractive);
        root.Options.Add(Report);
    }

    public CommandOutput Open(ParseResult parsed, HostTerminal terminal)
        => new(terminal, Settings(parsed), Log);

    OutputSettings Settings(ParseResult parsed)
        => new(
            parsed.GetValue(Output) == OutputFormat.Json, parsed.GetValue(Quiet), parsed.GetValue(NoColor),
            parsed.GetValue(NonInteractive));
}

/// <summary>How results are written.</summary>
public enum OutputFormat
{
    Text,
    Json,
}
