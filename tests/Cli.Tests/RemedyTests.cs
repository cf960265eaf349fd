using System.CommandLine;
using System.Text.RegularExpressions;
using Twinbank.Errors;

namespace Twinbank.Cli.Tests;

/// <summary>A remedy that names a command or an option that does not exist is worse than none.</summary>
[TestClass]
public sealed partial class RemedyTests
{
    [TestMethod]
    public void Every_option_in_a_remedy_exists()
    {
        HashSet<string> known =
            [.. CliPage.AllCommands().SelectMany(item => item.Command.Options).Select(option => option.Name), "--help"];
        string[] wrong = [.. Texts().SelectMany(item => OptionWord().Matches(item.Text)
            .Where(match => !known.Contains(match.Value))
            .Select(match => $"{item.Id} names {match.Value}"))];
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    [TestMethod]
    public void Every_command_in_a_remedy_exists()
    {
        RootCommand root = CliPage.Root();
        string[] wrong = [.. Texts().SelectMany(item => QuotedCommand().Matches(item.Text)
            .Where(match => root.Parse(match.Groups[1].Value + " --help").Errors.Count > 0)
            .Select(match => $"{item.Id} names fw {match.Groups[1].Value}"))];
        Assert.IsEmpty(wrong, string.Join('\n', wrong));
    }

    private static IEnumerable<(string Id, string Text)> Texts()
        => ErrorCatalog.All.Select(code => (code.Id, Text: code.Detail + "\n" + code.Remedy));

    /// <summary>Options of fw: not those of other programs, which stand in quotes with their program.</summary>
    [GeneratedRegex(@"(?<!objcopy [^\n]*)--[a-z][a-z-]+")]
    private static partial Regex OptionWord();

    [GeneratedRegex(@"'fw ([a-z -]+?)(?: --[^']*| FW[^']*| <[^']*)?'")]
    private static partial Regex QuotedCommand();
}
