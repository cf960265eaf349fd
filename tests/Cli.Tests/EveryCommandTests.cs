using System.CommandLine;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli.Tests;

/// <summary>What must hold for each command, found in the command tree so that a new one cannot be forgotten.</summary>
[TestClass]
public sealed class EveryCommandTests
{
    public static IEnumerable<object[]> EveryCommand => Leaves(Root(), []).Select(path => new object[] { path });

    [TestMethod]
    public void The_tree_has_the_commands_that_the_guide_promises()
    {
        string[] expected =
        [
            "key new", "key show", "image build", "image inspect", "image verify", "image diff", "image apply",
            "image extract", "image map", "layout plan", "layout report", "plan", "device backup", "device promote",
            "board list", "board show", "sim run", "device info", "device flash",
            "device confirm", "device revert", "device reset", "device reset-to", "device log", "monitor", "explain",
            "completion",
        ];
        string[] found = [.. EveryCommand.Select(row => (string)row[0])];
        CollectionAssert.IsSubsetOf(expected, found);
    }

    [TestMethod, DynamicData(nameof(EveryCommand))]
    public void Explains_itself(string path)
    {
        CommandRun run = CommandRun.Of([.. path.Split(' '), "--help"]);

        Assert.AreEqual(0, run.ExitCode, run.ToString());
        Assert.AreEqual("", run.Error);
        Assert.Contains("Usage:", run.Out);
        foreach (Symbol symbol in Find(path).Options.Cast<Symbol>().Concat(Find(path).Arguments))
        {
            Assert.IsFalse(string.IsNullOrWhiteSpace(symbol.Description), $"{path}: {symbol.Name} has no description");
        }
    }

    [TestMethod, DynamicData(nameof(EveryCommand))]
    public void Answers_a_wrong_option_in_text_with_cause_and_remedy(string path)
    {
        CommandRun run = CommandRun.Of([.. path.Split(' '), "--no-such-option"]);

        Assert.AreEqual(2, run.ExitCode, run.ToString());
        Assert.AreEqual("", run.Out);
        Assert.StartsWith("error FW1010: ", run.Error);
        Assert.Contains("cause:", run.Error);
        Assert.Contains($"remedy: See 'fw {path} --help'", run.Error);
    }

    [TestMethod, DynamicData(nameof(EveryCommand))]
    public void Answers_a_wrong_option_in_json_with_one_object(string path)
    {
        CommandRun run = CommandRun.Of([.. path.Split(' '), "--no-such-option", "--output", "json"]);

        Assert.AreEqual(2, run.ExitCode, run.ToString());
        Assert.AreEqual("FW1010", run.Json.GetProperty("error").GetProperty("code").GetString());
        foreach (string name in new[] { "title", "detail", "remedy" })
        {
            Assert.AreNotEqual("", run.Json.GetProperty("error").GetProperty(name).GetString(), name);
        }
    }

    [TestMethod, DynamicData(nameof(EveryCommand))]
    public void Has_the_options_that_all_commands_have(string path)
    {
        CommandRun run = CommandRun.Of([.. path.Split(' '), "--help"]);
        foreach (string option in new[] { "--output", "--quiet", "--no-color", "--non-interactive", "--report" })
        {
            Assert.Contains(option, run.Out, path);
        }
    }

    private static RootCommand Root()
        => FwApplication.CreateRoot(
            new GlobalOptions(), new HostTerminal(TextWriter.Null, TextWriter.Null, false, false, 80));

    private static Command Find(string path)
        => path.Split(' ').Aggregate(
            (Command)Root(), (command, name) => command.Subcommands.Single(sub => sub.Name == name));

    private static IEnumerable<string> Leaves(Command command, string[] path)
        => command.Subcommands.Count == 0
            ? [string.Join(' ', path)]
            : command.Subcommands.SelectMany(sub => Leaves(sub, [.. path, sub.Name]));
}
