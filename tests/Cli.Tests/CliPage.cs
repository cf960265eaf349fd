using System.CommandLine;
using System.Text;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli.Tests;

/// <summary>Writes docs/cli.md from the command tree.</summary>
internal static class CliPage
{
    private const string Introduction = """
        # The command fw

        `scripts/fw` runs it from a clone; `dotnet tool install Twinbank.Fw` installs the package that
        `dotnet pack firmware-tools/Cli` makes. `source <(fw completion bash)` teaches the shell its commands and options; zsh,
        fish and PowerShell have scripts, too.

        ## What holds for every command

        - **Results** go to standard output, **progress and errors** to standard error: a bar on a terminal, plain lines elsewhere,
          nothing with `--quiet`.
        - **`--output json`** gives one JSON object on standard output (one per line for streams). An error is one, too:
          `{"error": {"code", "title", "detail", "remedy", "exitCode", "transient"}}`. Progress on standard error is then an object a
          line, up to ten a second: `{"progress", "percent", "done", "total", "unit", "perSecond"}`.
        - **Errors** say what went wrong, the cause and the remedy, with a code that `fw explain` knows;
          [all of them](errors.md).
        - **Exit codes:** 0 done, 1 failed, 2 wrong command line, 3 no device, 4 refused by verification, 5 network, 6 busy,
          130 cancelled.
        - **Ctrl-C** stops in order; the same command then goes on where it stopped.
        - **`--dry-run`** does everything but write. Files that exist are overwritten only with `--force`.
        - **Colour** is used only on a terminal, and not with `--no-color`, `NO_COLOR` or `TERM=dumb`.
        - **`--report file.zip`** collects versions, command line, log and error for a bug report. It holds no keys.
        - **`--non-interactive`** never asks. The passphrase of a key comes from `--passphrase-file`, else from `FW_KEY_PASSPHRASE`,
          else from a question.
        - **Links** are `serial:/dev/ttyACM0` (or only the path), `tcp:host:port` and `unix:/path`; `FW_PORT` holds the usual one.
        - **Boards** come from the folder in `TWINBANK_BOARDS`, else from the nearest `boards` folder, else from the program itself.

        The rest of this page is made from the program; a test compares the two. Make it again with
        `TWINBANK_UPDATE=1 dotnet run --project tests/Cli.Tests`.

        """;

    public static RootCommand Root()
        => FwApplication.CreateRoot(
            new GlobalOptions(), new HostTerminal(TextWriter.Null, TextWriter.Null, false, false, 80));

    /// <summary>Every command with its path after fw; the root has an empty one.</summary>
    public static IEnumerable<(string Path, Command Command)> AllCommands() => Below("", Root());

    public static string ToMarkdown()
    {
        var page = new StringBuilder(Introduction);
        foreach ((string path, Command command) in AllCommands().Where(item => item.Command.Subcommands.Count == 0))
        {
            string arguments = string.Concat(command.Arguments.Select(argument => $" <{Label(argument)}>"));
            page.Append($"\n## fw {path}\n\n{command.Description}\n\n```text\nfw {path}{arguments} [options]\n```\n");
            AppendTable(page, command);
        }

        return page.ToString();
    }

    private static void AppendTable(StringBuilder page, Command command)
    {
        if (command.Arguments.Count + command.Options.Count == 0)
        {
            return;
        }

        page.Append("\n| argument or option | meaning |\n|---|---|\n");
        foreach (Argument argument in command.Arguments)
        {
            page.Append($"| `<{Label(argument)}>` | {Cell(argument.Description)} |\n");
        }

        foreach (Option option in command.Options)
        {
            string names = string.Join(", ", option.Aliases.Prepend(option.Name).Select(name => $"`{name}`"));
            page.Append($"| {names} | {Cell(option.Description)}{(option.Required ? " Required." : "")} |\n");
        }
    }

    private static string Label(Argument argument) => argument.HelpName ?? argument.Name;

    private static string Cell(string? text) => (text ?? "").Replace("|", "\\|", StringComparison.Ordinal);

    private static IEnumerable<(string Path, Command Command)> Below(string path, Command command)
        => command.Subcommands
            .SelectMany(sub => Below($"{path} {sub.Name}".Trim(), sub))
            .Prepend((path, command));
}
