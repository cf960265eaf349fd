using System.CommandLine;
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

    public void AddTo(Command root)
    {
        root.Options.Add(Output);
        root.Options.Add(Quiet);
    }

    public CommandOutput Open(ParseResult parsed, HostTerminal terminal)
        => new(terminal, parsed.GetValue(Output) == OutputFormat.Json, parsed.GetValue(Quiet));
}

/// <summary>How results are written.</summary>
public enum OutputFormat
{
    Text,
    Json,
}
