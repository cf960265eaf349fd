using Twinbank.Images.Keys;

namespace Twinbank.Cli.Tests;

[TestClass]
public sealed class KeyCommandTests
{
    [TestMethod]
    [DataRow("ed25519", KeyAlgorithm.Ed25519)]
    [DataRow("p256", KeyAlgorithm.EcdsaP256)]
    public void Makes_a_pair_that_belongs_together(string word, KeyAlgorithm algorithm)
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("key", "new", folder["k.pem"], "--algorithm", word, "--output", "json");

        Assert.AreEqual(0, run.ExitCode, run.ToString());
        SigningKey key = KeyFile.LoadPrivate(folder["k.pem"]);
        Assert.AreEqual(algorithm, key.Algorithm);
        Assert.AreEqual(key.PublicKey.KeyIdText, run.Json.GetProperty("keyId").GetString());
        Assert.AreEqual(key.PublicKey, KeyFile.LoadPublic(run.Json.GetProperty("publicPath").GetString()!));
        Assert.AreEqual(
            key.PublicKey.KeyIdText,
            CommandRun.Of("key", "show", folder["k.pem"], "-o", "json").Json.GetProperty("keyId").GetString());
    }

    [TestMethod]
    public void Leaves_existing_files_alone_unless_forced()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["k.pem.pub"], "precious");

        CommandRun run = CommandRun.Of("key", "new", folder["k.pem"]);

        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("error FW1004", run.Error);
        Assert.IsFalse(File.Exists(folder["k.pem"]), "no half of a pair is left behind");
        Assert.AreEqual(0, CommandRun.Of("key", "new", folder["k.pem"], "--force").ExitCode);
    }

    [TestMethod]
    public void Writes_nothing_in_a_dry_run()
    {
        using var folder = new TemporaryFolder();
        Assert.AreEqual(0, CommandRun.Of("key", "new", folder["k.pem"], "--dry-run").ExitCode);
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Takes_the_passphrase_from_file_environment_or_user()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder["pass.txt"], "secret\nsecond line\n");
        var answers = new Queue<string>(["secret", "secret", "secret"]);

        Assert.AreEqual(0, CommandRun.Of("key", "new", folder["a.pem"], "--passphrase-file", folder["pass.txt"]).ExitCode);
        CommandRun show = CommandRun.On(t => t with { Variable = n => n == "FW_KEY_PASSPHRASE" ? "secret" : null },
            "key", "show", folder["a.pem"]);
        Assert.AreEqual(0, show.ExitCode, show.ToString());
        CommandRun asked = CommandRun.On(
            t => t with { InputIsTerminal = true, ErrorIsTerminal = true, ReadSecret = answers.Dequeue },
            "key", "new", folder["b.pem"], "--encrypt");
        Assert.AreEqual(0, asked.ExitCode, asked.ToString());
        Assert.DoesNotContain("secret", asked.Out + asked.Error);
        Assert.HasCount(1, answers, "a new passphrase is asked twice");
        Assert.StartsWith("-----BEGIN ENCRYPTED PRIVATE KEY-----", File.ReadAllText(folder["b.pem"]));
    }

    [TestMethod]
    public void Does_not_ask_where_nobody_can_answer()
    {
        using var folder = new TemporaryFolder();
        KeyFile.SavePrivate(SigningKey.Generate(KeyAlgorithm.Ed25519), folder["k.pem"], "secret");

        Assert.Contains("error FW1203", CommandRun.Of("key", "show", folder["k.pem"]).Error);
        CommandRun run = CommandRun.On(
            t => t with
            {
                InputIsTerminal = true, ErrorIsTerminal = true,
                ReadSecret = () => throw new InvalidOperationException("asked"),
            },
            "key", "show", folder["k.pem"], "--non-interactive", "--no-color");
        Assert.Contains("error FW1203", run.Error);
    }

    [TestMethod]
    public void Refuses_two_different_new_passphrases()
    {
        using var folder = new TemporaryFolder();
        var answers = new Queue<string>(["one", "two"]);
        CommandRun run = CommandRun.On(
            t => t with { InputIsTerminal = true, ErrorIsTerminal = true, ReadSecret = answers.Dequeue },
            "key", "new", folder["k.pem"], "--encrypt", "--no-color");
        Assert.Contains("error FW1208", run.Error);
        Assert.IsEmpty(Directory.GetFiles(folder.Path));
    }

    [TestMethod]
    public void Refuses_an_unknown_algorithm()
    {
        using var folder = new TemporaryFolder();
        CommandRun run = CommandRun.Of("key", "new", folder["k.pem"], "--algorithm", "rsa");
        Assert.AreEqual(2, run.ExitCode);
        Assert.Contains("error FW1006", run.Error);
    }
}
