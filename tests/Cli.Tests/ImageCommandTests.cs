using System.Text.Json;
using Twinbank.Testing;

namespace Twinbank.Cli.Tests;

/// <summary>The way of a payload through every image command.</summary>
[TestClass]
public sealed class ImageCommandTests
{
    private static readonly string s_key = RepositoryRoot.Combine("tests/Vectors/keys/release-ed25519.pem");
    private static readonly string s_publicKey = RepositoryRoot.Combine("tests/Vectors/keys/release-ed25519.pub.pem");
    private static readonly string s_stranger = RepositoryRoot.Combine("tests/Vectors/keys/stranger-ed25519.pub.pem");

    [TestMethod]
    public void Gives_the_payload_back_bit_for_bit_over_a_delta()
    {
        using var folder = new TemporaryFolder();
        byte[] newPayload = BuildTwoVersions(folder);

        Ok("image", "diff", folder["1.fwi"], folder["2.fwi"], "--out", folder["d.fwi"]);
        Ok("image", "apply", folder["1.fwi"], folder["d.fwi"], "--out", folder["2b.fwi"]);
        Ok("image", "verify", folder["2b.fwi"], "--key", s_publicKey);
        Ok("image", "extract", folder["2b.fwi"], "--out", folder["out.bin"]);

        CollectionAssert.AreEqual(newPayload, File.ReadAllBytes(folder["out.bin"]));
        Assert.IsLessThan(new FileInfo(folder["2.fwi"]).Length / 4, new FileInfo(folder["d.fwi"]).Length);
    }

    [TestMethod]
    public void Carries_a_delta_for_each_image_that_devices_may_run()
    {
        using var folder = new TemporaryFolder();
        byte[] last = BuildTwoVersions(folder);
        last[100] ^= 1;
        Build(folder, last, "3");

        Ok("image", "diff", folder["1.fwi"], folder["3.fwi"], "--also-from", folder["2.fwi"], "--out", folder["s.fwi"]);
        foreach (string from in new[] { "1.fwi", "2.fwi" })
        {
            Ok("image", "apply", folder[from], folder["s.fwi"], "--out", folder["whole.fwi"], "--force");
            Ok("image", "extract", folder["whole.fwi"], "--out", folder["out.bin"], "--force");
            CollectionAssert.AreEqual(last, File.ReadAllBytes(folder["out.bin"]));
            Ok("image", "verify", folder["s.fwi"], "--base-image", folder[from], "--key", s_publicKey);
        }

        string shown = CommandRun.Of("image", "inspect", folder["s.fwi"]).Out;
        Assert.HasCount(3, shown.Split("over base"));
        StringAssert.Contains(
            CommandRun.Of(
                "image", "diff", folder["1.fwi"], folder["3.fwi"], "--also-from", folder["1.fwi"], "--out",
                folder["t.fwi"]).Error,
            "FW1006");
    }

    [TestMethod]
    public void Takes_symbols_of_both_versions_or_of_none()
    {
        using var folder = new TemporaryFolder();
        BuildTwoVersions(folder);
        File.WriteAllBytes(folder["x.elf"], [0x7F, (byte)'E', (byte)'L', (byte)'F']);
        string[] diff = ["image", "diff", folder["1.fwi"], folder["2.fwi"], "--out", folder["d.fwi"]];

        StringAssert.Contains(CommandRun.Of([.. diff, "--from-elf", folder["x.elf"]]).Error, "FW1007");
        StringAssert.Contains(CommandRun.Of([.. diff, "--to-elf", folder["x.elf"]]).Error, "FW1007");
        StringAssert.Contains(
            CommandRun.Of([.. diff, "--from-elf", folder["x.elf"], "--to-elf", folder["x.elf"]]).Error, "FW1102");
        Assert.IsFalse(File.Exists(folder["d.fwi"]));
    }

    [TestMethod]
    public void Shows_an_image_as_one_object_and_as_a_picture()
    {
        using var folder = new TemporaryFolder();
        BuildTwoVersions(folder);

        Ok("image", "inspect", folder["1.fwi"]);
        Assert.AreEqual(JsonValueKind.Object, Ok("image", "inspect", folder["1.fwi"], "-o", "json").Json.ValueKind);
        CommandRun map = Ok("image", "map", folder["1.fwi"], "--svg", folder["map.svg"], "-o", "json");
        Assert.AreEqual(
            map.Json.GetProperty("blocks").GetArrayLength(),
            File.ReadAllText(folder["map.svg"]).Split("<g>").Length - 1);
    }

    [TestMethod]
    public void Draws_no_picture_in_a_dry_run()
    {
        using var folder = new TemporaryFolder();
        BuildTwoVersions(folder);
        CommandRun run = Ok("image", "map", folder["1.fwi"], "--svg", folder["map.svg"], "--dry-run");
        Assert.Contains("would draw", run.Error);
        Assert.IsFalse(File.Exists(folder["map.svg"]));
    }

    [TestMethod]
    public void Refuses_a_stranger_and_a_changed_byte_with_exit_code_4()
    {
        using var folder = new TemporaryFolder();
        BuildTwoVersions(folder);

        Assert.AreEqual(4, CommandRun.Of("image", "verify", folder["1.fwi"], "--key", s_stranger).ExitCode);
        byte[] bytes = File.ReadAllBytes(folder["1.fwi"]);
        bytes[^1] ^= 1;
        File.WriteAllBytes(folder["bad.fwi"], bytes);
        CommandRun run = CommandRun.Of("image", "verify", folder["bad.fwi"], "--key", s_publicKey);
        Assert.AreEqual(4, run.ExitCode, run.ToString());
    }

    [TestMethod]
    public void Writes_nothing_in_a_dry_run_and_nothing_over_a_file()
    {
        using var folder = new TemporaryFolder();
        BuildTwoVersions(folder);
        Ok("image", "diff", folder["1.fwi"], folder["2.fwi"], "--out", folder["d.fwi"]);
        string[] before = Directory.GetFiles(folder.Path);

        Ok("image", "diff", folder["1.fwi"], folder["2.fwi"], "--out", folder["x"], "--dry-run");
        Ok("image", "apply", folder["1.fwi"], folder["d.fwi"], "--out", folder["x"], "--dry-run");
        Ok("image", "extract", folder["1.fwi"], "--out", folder["x"], "--dry-run");

        CollectionAssert.AreEquivalent(before, Directory.GetFiles(folder.Path));
        Assert.AreEqual(2, CommandRun.Of("image", "extract", folder["1.fwi"], "--out", folder["1.fwi"]).ExitCode);
    }

    [TestMethod]
    public void Tells_programs_its_progress_in_objects_of_one_line()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder["a.bin"], new byte[60_000]);
        CommandRun run = Ok(
            "image", "build", folder["a.bin"], "--board", "sim-nor", "--base", "0", "--key", s_key, "--version-number", "1.0.0",
            "--out", folder["a.fwi"], "-o", "json");
        JsonElement[] events = [.. run.Error.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => JsonDocument.Parse(line).RootElement)];
        Assert.Contains(100, events.Select(progress => progress.GetProperty("percent").GetInt32()));
        Assert.IsTrue(events.All(progress => progress.GetProperty("unit").GetString() == "blocks"));
    }

    [TestMethod]
    public void Shows_every_board()
    {
        JsonElement boards = Ok("board", "list", "-o", "json").Json;
        Assert.AreNotEqual(JsonValueKind.Undefined, boards.ValueKind);
        foreach (string board in new[] { "sim-nor", "qemu-virt", "emcraft-sf2" })
        {
            Assert.Contains(board, Ok("board", "list").Out);
            Assert.AreEqual(board, Ok("board", "show", board, "-o", "json").Json.GetProperty("id").GetString());
        }

        Assert.AreEqual(2, CommandRun.Of("board", "show", "no-such-board").ExitCode);
    }

    private static byte[] BuildTwoVersions(TemporaryFolder folder)
    {
        byte[] payload = new byte[60_000];
        new Random(20261124).NextBytes(payload);
        Build(folder, payload, "1");
        payload.AsSpan(30_000, 100).Clear();
        Build(folder, payload, "2");
        return payload;
    }

    private static void Build(TemporaryFolder folder, byte[] payload, string name)
    {
        File.WriteAllBytes(folder[name + ".bin"], payload);
        Ok(
            "image", "build", folder[name + ".bin"], "--board", "sim-nor", "--base", "0", "--format", "raw", "--key", s_key,
            "--version-number", $"{name}.0.0", "--name", "app", "--out", folder[name + ".fwi"]);
    }

    private static CommandRun Ok(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.AreEqual(0, run.ExitCode, string.Join(' ', arguments) + "\n" + run);
        return run;
    }
}
