using System.IO.Compression;

namespace Twinbank.Cli.Tests;

[TestClass]
public sealed class CommandLineTests
{
    [TestMethod]
    public void Proposes_the_command_that_was_meant()
    {
        CommandRun run = CommandRun.Of("imgae");
        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("Did you mean 'image'?", run.Error);
    }

    [TestMethod]
    public void Names_the_commands_of_a_group()
    {
        CommandRun run = CommandRun.Of("key");
        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("'fw key' needs one of these commands: new, show.", run.Error);
    }

    [TestMethod]
    public void Says_its_version()
    {
        CommandRun run = CommandRun.Of("--version");
        Assert.AreEqual(0, run.ExitCode, run.ToString());
        Assert.MatchesRegex(@"^\d+\.\d+\.\d+", run.Out);
    }

    [TestMethod]
    public void Says_its_version_to_programs_too()
    {
        string text = CommandRun.Of("--version").Out.Trim();
        Assert.AreEqual(text, CommandRun.Of("--version", "-o", "json").Json.GetProperty("version").GetString());
        Assert.AreEqual(text, CommandRun.Of("-o", "json", "--version").Json.GetProperty("version").GetString());
    }

    [TestMethod]
    [DataRow("fw ", "device")]
    [DataRow("fw image v", "verify")]
    [DataRow("fw key new --alg", "--algorithm")]
    [DataRow("some/path/fw explain FW10", "FW1001")]
    [DataRow("fw completion z", "zsh")]
    public void Suggests_what_can_follow(string line, string expected)
        => CollectionAssert.Contains(CommandRun.Of($"[suggest:{line.Length}]", line).Out.Split('\n'), expected);

    [TestMethod]
    public void Suggests_for_the_cursor_and_not_for_the_end()
    {
        string[] found = CommandRun.Of("[suggest:4]", "fw ke show").Out.Split('\n');
        CollectionAssert.Contains(found, "key");
    }

    [TestMethod]
    [DataRow("[suggest]")]
    [DataRow("[suggest:99999999999]")]
    public void Survives_odd_suggest_requests(string directive)
        => Assert.AreEqual(0, CommandRun.Of(directive, "fw ").ExitCode);

    [TestMethod]
    [DataRow("bash")]
    [DataRow("zsh")]
    [DataRow("fish")]
    [DataRow("pwsh")]
    public void Has_a_completion_script_for_each_shell(string shell)
    {
        CommandRun run = CommandRun.Of("completion", shell);
        Assert.AreEqual(0, run.ExitCode, run.ToString());
        Assert.Contains("[suggest:", run.Out);
        Assert.AreEqual(run.Out, CommandRun.Of("completion", shell, "-o", "json").Json.GetProperty("script").GetString());
    }

    [TestMethod]
    public void Explains_a_code_and_refuses_an_unknown_one()
    {
        Assert.Contains("Signed by no trusted key", CommandRun.Of("explain", "fw2007").Out);
        Assert.AreEqual("FW2007", CommandRun.Of("explain", "2007", "-o", "json").Json.GetProperty("code").GetString());
        Assert.IsGreaterThan(50, CommandRun.Of("explain", "-o", "json").Json.GetArrayLength());
        Assert.Contains("error FW1011", CommandRun.Of("explain", "FW0000").Error);
    }

    [TestMethod]
    public void Colours_only_a_terminal_whose_user_wants_it()
    {
        const string escape = "\e[";
        CommandRun onTerminal = CommandRun.On(t => t with { ErrorIsTerminal = true }, "explain", "x");
        CommandRun noColor = CommandRun.On(t => t with { ErrorIsTerminal = true }, "explain", "x", "--no-color");
        CommandRun variable = CommandRun.On(
            t => t with { ErrorIsTerminal = true, Variable = name => name == "NO_COLOR" ? "1" : null }, "explain", "x");

        Assert.Contains(escape, onTerminal.Error);
        Assert.DoesNotContain(escape, noColor.Error);
        Assert.DoesNotContain(escape, variable.Error);
        Assert.DoesNotContain(escape, CommandRun.Of("explain", "x").Error);
    }

    [TestMethod]
    public void Writes_a_report_of_a_failure_without_secrets()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["pass.txt"], "very secret words\n");
        CommandRun.Of("key", "new", folder["k.pem"], "--passphrase-file", folder["pass.txt"]);

        CommandRun run = CommandRun.Of(
            "key", "new", folder["k.pem"], "--passphrase-file", folder["pass.txt"], "--report", folder["r.zip"]);

        Assert.AreEqual(2, run.ExitCode, run.ToString());
        using ZipArchive zip = ZipFile.OpenRead(folder["r.zip"]);
        string all = string.Concat(zip.Entries.Select(entry =>
        {
            using var reader = new StreamReader(entry.Open());
            return entry.Name + "\n" + reader.ReadToEnd();
        }));
        Assert.Contains("fw key new ", all);
        Assert.Contains("FW1004", all);
        Assert.Contains("runtime .NET", all);
        Assert.DoesNotContain("very secret", all);
        Assert.DoesNotContain("PRIVATE KEY", all);
    }

    [TestMethod]
    public void Says_when_the_report_cannot_be_written()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("explain", "--report", folder["no/such/r.zip"]);
        Assert.AreEqual(1, run.ExitCode);
        Assert.Contains("error FW1005", run.Error);
    }
}
