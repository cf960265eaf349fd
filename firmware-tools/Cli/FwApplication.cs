using System.CommandLine;
using System.CommandLine.Help;
using Twinbank.Cli.Commands;
using Twinbank.Cli.Reporting;
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
        if (SuggestRequest.TryParse(arguments, out SuggestRequest request))
        {
            request.Answer(root, terminal.Output);
            return (int)ExitCode.Ok;
        }

        ParseResult parsed = root.Parse(arguments, new ParserConfiguration { ResponseFileTokenReplacer = null });
        RunOutcome outcome = await RunAsync(parsed, options, terminal, cancellation).ConfigureAwait(false);
        if (parsed.GetValue(options.Report) is { } path)
        {
            outcome = ReportFile.Write(path, arguments, options.Log, outcome);
        }

        if (outcome.Error is { } error)
        {
            OpenOutput(parsed, arguments, options, terminal).Fail(error);
        }

        return outcome.ExitCode;
    }

    static async Task<RunOutcome> RunAsync(
        ParseResult parsed, GlobalOptions options, HostTerminal terminal, CancellationToken cancellation)
    {
        if (parsed.Action is not HelpAction && CommandLineProblem.Find(parsed) is { } problem)
        {
            return RunOutcome.Failed(problem);
        }

        var configuration = new InvocationConfiguration
        {
            Output = terminal.Output, Error = terminal.Error, EnableDefaultExceptionHandler = false,
        };
        try
        {
            return new RunOutcome(await parsed.InvokeAsync(configuration, cancellation).ConfigureAwait(false), null);
        }
        catch (Exception error)
        {
            return RunOutcome.Failed(ToKnown(error));
        }
    }

    /// <summary>A command line that is wrong elsewhere still says in which form it wants its error.</summary>
    static CommandOutput OpenOutput(
        ParseResult parsed, IReadOnlyList<string> arguments, GlobalOptions options, HostTerminal terminal)
    {
        if (parsed.Errors.Count == 0)
        {
            return options.Open(parsed, terminal);
        }

        bool json = arguments.SkipWhile(word => word is not ("--output" or "-o")).Skip(1).FirstOrDefault() == "json"
            || arguments.Contains("--output=json");
        return new CommandOutput(terminal, new OutputSettings(json), options.Log);
    }

    internal static RootCommand CreateRoot(GlobalOptions options, HostTerminal terminal)
    {
        var root = new RootCommand(
            "fw builds, signs, flashes and watches firmware images with two slots, trial and rollback.");
        options.AddTo(root);
        var host = new CommandHost(options, terminal);
        VersionOption version = root.Options.OfType<VersionOption>().Single();
        version.Action = new VersionAction(host);

        // The library's own rule refuses any other option beside it, --output included.
        version.Validators.Clear();
        root.Subcommands.Add(KeyCommands.Create(host));
        root.Subcommands.Add(ImageCommands.Create(host));
        root.Subcommands.Add(LayoutCommands.Create(host));
        root.Subcommands.Add(BoardCommands.Create(host));
        root.Subcommands.Add(PlanCommand.Create(host));
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
            FileNotFoundException file => new FirmwareException(
                ErrorCode.FileNotFound, error, ("path", file.FileName ?? NameIn(error.Message))),
            DirectoryNotFoundException => new FirmwareException(
                ErrorCode.FileNotFound, error, ("path", NameIn(error.Message))),
            UnauthorizedAccessException or IOException => new FirmwareException(
                ErrorCode.FileUnreadable, error, ("path", NameIn(error.Message)), ("reason", error.Message.TrimEnd('.'))),
            _ => new FirmwareException(ErrorCode.Defect, error, ("problem", error.Message)),
        };

    /// <summary>The path that the runtime puts in quotes.</summary>
    static string NameIn(string message) => message.Split('\'') is { Length: >= 3 } parts ? parts[1] : "that was named";
}
