using System.CommandLine;
using System.CommandLine.Parsing;
using Twinbank.Errors;

namespace Twinbank.Cli;

/// <summary>Says what is wrong with a command line, and what was probably meant.</summary>
internal static class CommandLineProblem
{
    /// <summary>The FW1010 for a command line with a mistake; null when there is none.</summary>
    public static FirmwareException? Find(ParseResult parse)
    {
        Command command = parse.CommandResult.Command;
        string[] mistyped = [.. MistypedOptions(parse)];
        if (parse.Errors.Count == 0 && mistyped.Length == 0)
        {
            return null;
        }

        string path = PathOf(parse.CommandResult);
        string problem = command.Subcommands.Count > 0 && parse.UnmatchedTokens.Count == 0
            ? $"'{path}' needs one of these commands: {string.Join(", ", command.Subcommands.Select(sub => sub.Name))}."
            : mistyped.Length > 0
                ? $"There is no option '{mistyped[0]}'."
                : string.Join(' ', parse.Errors.Select(error => Sentence(error.Message)).Distinct());
        string hint = string.Concat(
            mistyped.Concat(parse.UnmatchedTokens).Distinct().Select(token => HintFor(token, command)));
        return new FirmwareException(ErrorCode.CommandLineWrong, ("problem", problem + hint), ("command", path));
    }

    /// <summary>
    /// Words that look like options and were taken as values: without this, <c>key new --encypt</c> would write an
    /// open key to a file of that name. After a double dash, everything is a value.
    /// </summary>
    static IEnumerable<string> MistypedOptions(ParseResult parse)
        => parse.Tokens.Any(token => token.Type == TokenType.DoubleDash)
            ? []
            : parse.CommandResult.Children
                .SelectMany(child => child.Tokens)
                .Where(token => token.Type == TokenType.Argument)
                .Select(token => token.Value)
                .Where(value => value.StartsWith("--", StringComparison.Ordinal));

    static string PathOf(CommandResult result)
    {
        var names = new List<string>();
        for (SymbolResult? part = result; part is CommandResult command; part = part.Parent)
        {
            names.Insert(0, command.Command is RootCommand ? "fw" : command.Command.Name);
        }

        return string.Join(' ', names);
    }

    static string Sentence(string message) => message.EndsWith('.') ? message : message + ".";

    static string HintFor(string token, Command command)
    {
        IEnumerable<string> known = command.Subcommands.Select(sub => sub.Name)
            .Concat(AllOptions(command).Where(option => !option.Hidden).Select(option => option.Name));
        string? nearest = known
            .Select(name => (Name: name, Distance: EditDistance(token, name)))
            .Where(item => item.Distance <= 1 + (item.Name.Length / 4))
            .OrderBy(item => item.Distance)
            .Select(item => item.Name)
            .FirstOrDefault();
        return nearest is null ? "" : $" Did you mean '{nearest}'?";
    }

    static IEnumerable<Option> AllOptions(Command command)
        => command.Options.Concat(command.Parents.OfType<Command>().SelectMany(AllOptions));

    /// <summary>Insertions, deletions and replacements that make one word from the other (Levenshtein).</summary>
    static int EditDistance(string left, string right)
    {
        int[] previous = [.. Enumerable.Range(0, right.Length + 1)];
        for (int i = 1; i <= left.Length; i++)
        {
            int[] current = new int[right.Length + 1];
            current[0] = i;
            for (int j = 1; j <= right.Length; j++)
            {
                int replace = previous[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1);
                current[j] = Math.Min(replace, 1 + Math.Min(previous[j], current[j - 1]));
            }

            previous = current;
        }

        return previous[right.Length];
    }
}
