using System.CommandLine;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli;

/// <summary>What a command needs from the application around it.</summary>
/// <param name="Options">The options that all commands share.</param>
/// <param name="Terminal">Where it reads and writes.</param>
public sealed record CommandHost(GlobalOptions Options, HostTerminal Terminal)
{
    /// <summary>Makes a command whose work gets its own output; exceptions become errors at the top.</summary>
    public Command Make(
        string name, string description, Func<ParseResult, CommandOutput, CancellationToken, Task> work,
        params Symbol[] symbols)
    {
        var command = new Command(name, description);
        foreach (Symbol symbol in symbols)
        {
            if (symbol is Option option)
            {
                command.Options.Add(option);
            }
            else if (symbol is Argument argument)
            {
                command.Arguments.Add(argument);
            }
        }

        command.SetAction(async (parsed, cancellation) =>
        {
            await work(parsed, Options.Open(parsed, Terminal), cancellation).ConfigureAwait(false);
            return 0;
        });
        return command;
    }

    /// <summary>A command that only groups others.</summary>
    public static Command Group(string name, string description, params Command[] commands)
    {
        var group = new Command(name, description);
        foreach (Command command in commands)
        {
            group.Subcommands.Add(command);
        }

        return group;
    }
}
