using System.CommandLine;
using System.CommandLine.Completions;
using Twinbank.Cli.Commands;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;

namespace Twinbank.Cli;

/// <summary>The command <c>fw</c>: parses, runs, and turns every outcome into an exit code.</summary>
public static class FwApplication
{
    public static async Task<int> RunAsync(
        IReadOnlyList<string> arguments, HostTerminal terminal, CancellationToken cancellation = default)
    {
        var options = new GlobalOptions();
        RootCommand root = CreateRoot(options, terminal);
        ParseResult parsed = root.Parse(arguments);
        if (parsed.Errors.Count > 0 && parsed.Action is not System.CommandLine.Help.HelpAction)
        {
            string command = string.Join(' ', PathOf(parsed.CommandResult.Command));
            bool json = arguments.SkipWhile(a => a is not ("--output" or "-o")).Skip(1).FirstOrDefault() == "json";
            var error = new FirmwareException(
                ErrorCode.CommandLineWrong, ("problem", parsed.Errors[0].Message), ("command", command));
            new CommandOutput(terminal, json, quiet: true).Fail(error);
            return (int)error.Code.Exit;
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false,
        };
        try
        {
            return await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            FirmwareException known = ToKnown(error);
            options.Open(parsed, terminal).Fail(known);
            return (int)known.Code.Exit;
        }
    }

    internal static RootCommand CreateRoot(GlobalOptions options, HostTerminal terminal)
    {
        var root = new RootCommand(
            "fw builds, signs, flashes and watches firmware images with two slots, trial and rollback.");
        options.AddTo(root);
        var host = new CommandHost(options, terminal);
        root.Subcommands.Add(KeyCommands.Create(host));
        root.Subcommands.Add(ImageCommands.Create(host));
        root.Subcommands.Add(BoardCommands.Create(host));
        root.Subcommands.Add(DeviceCommands.Create(host));
        root.Subcommands.Add(SimCommands.Create(host));
        root.Subcommands.Add(MonitorCommand.Create(host));
        root.Subcommands.Add(ExplainCommand.Create(host));
        root.Subcommands.Add(CompletionCommand.Create(host));
        return root;
    }

    static FirmwareException ToKnown(Exception error)
        => error switch
        {
            AggregateException { InnerException: { } inner } => ToKnown(inner),
            FirmwareException known => known,
            OperationCanceledException => new FirmwareException(ErrorCode.Cancelled),
            UnauthorizedAccessException or IOException => new FirmwareException(
                ErrorCode.FileUnreadable, error, ("path", "that was named"), ("reason", error.Message)),
            _ => new FirmwareException(ErrorCode.Defect, error, ("problem", error.Message)),
        };

    static IEnumerable<string> PathOf(Command command)
        => command.Parents.OfType<Command>().SelectMany(PathOf).Append(command is RootCommand ? "fw" : command.Name);
}
