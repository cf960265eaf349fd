using System.Text.Json;
using Twinbank.Simulation.Boards;

namespace Twinbank.Cli.Tests.Boards;

/// <summary>fw plan, fw device flash and fw device backup against a board that runs in this process.</summary>
[TestClass]
public sealed class FlashStrategyTests
{
    [TestMethod]
    public void Plans_and_flashes_the_difference_when_it_knows_what_runs()
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        string second = board.Build(2);
        CommandRun empty = board.On(0, "device", "flash", first);
        Assert.Contains("plan: full: the only one that is possible", empty.Error);

        CommandRun plan = board.On(0, "plan", second, "--releases", board.Folder, "-o", "json");
        JsonElement[] rows = [.. plan.Json.GetProperty("plan").GetProperty("rows").EnumerateArray()];
        Assert.AreEqual(4, rows.Length);
        JsonElement sync = rows.Single(row => row.GetProperty("strategy").GetString() == "sync");
        Assert.IsTrue(sync.GetProperty("applicable").GetBoolean());
        Assert.IsLessThan(3000, sync.GetProperty("wireBytes").GetInt32());

        CommandRun flash = board.On(
            0, "device", "flash", second, "--base", first, "--strategy", "sync", "-o", "json");
        Assert.AreEqual("sync", flash.Json.GetProperty("strategy").GetString());
        Assert.AreEqual("confirmed", flash.Json.GetProperty("end").GetString());
        Assert.IsLessThan(3000, flash.Json.GetProperty("sentBytes").GetInt32());
        Assert.Contains("plan: sync: asked for", flash.Error);
    }

    [TestMethod]
    public void Shows_the_table_with_a_choice_and_the_reasons()
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        string second = board.Build(2);
        CommandRun offline = CliBoard.Expect(
            0, "plan", second, "--board", "sim-nor", "--from", first, "--other-slot", first);
        Assert.StartsWith("app-2 2.0.0 for sim-nor, which runs 1.0.0", offline.Out);
        Assert.Contains("> ", offline.Out);
        Assert.Contains("not compaction, then overlay: there is nothing to fold", offline.Out);
        Assert.Contains("choice: overlay: ", offline.Out);

        CommandRun alone = CliBoard.Expect(0, "plan", second, "--board", "sim-nor");
        Assert.Contains("not sync: no image runs there", alone.Out);
    }

    [TestMethod]
    public void Refuses_a_strategy_that_is_not_possible_and_says_why()
    {
        using var board = new CliBoard("sim-nor.1k-u4");
        string first = board.Build(1);
        string second = board.Build(2);
        board.On(0, "device", "flash", first);
        CommandRun run = board.On(4, "device", "flash", second, "--strategy", "sync");
        Assert.Contains("error FW2103", run.Error);
        Assert.Contains("name it with --base or --releases", run.Error);
        Assert.Contains("running", board.On(0, "device", "info").Out);
    }

    [TestMethod]
    public void Keeps_what_is_overwritten_and_brings_it_back_with_one_command()
    {
        using var board = new CliBoard();
        string[] images = [board.Build(1), board.Build(2), board.Build(3)];
        board.On(0, "device", "flash", images[0]);
        CommandRun nothing = board.On(0, "device", "flash", images[1], "--backup", board["none.fwi"]);
        Assert.Contains("no backup needed: no image is overwritten", nothing.Error);
        Assert.IsFalse(File.Exists(board["none.fwi"]));

        CommandRun kept = board.On(
            0, "device", "flash", images[2], "--strategy", "full", "--backup", board["old.fwi"]);
        Assert.Contains($"backup: app-1 1.0.0 of slot A is in {board["old.fwi"]}", kept.Error);
        CliBoard.Expect(0, "image", "verify", board["old.fwi"], "--key", board["k.pem.pub"]);
        Assert.IsFalse(File.Exists(board["old.fwi.part"]));

        board.On(0, "device", "flash", board["old.fwi"]);
        Assert.Contains("1.0.0", board.On(0, "device", "info").Out);
    }

    [TestMethod]
    public void Makes_no_backup_of_what_the_releases_hold_and_warns_when_nobody_has_it()
    {
        using var board = new CliBoard();
        string[] images = [board.Build(1), board.Build(2), board.Build(3)];
        board.On(0, "device", "flash", images[0]);
        board.On(0, "device", "flash", images[1]);
        CommandRun warned = board.On(0, "device", "flash", images[2], "--strategy", "full", "--dry-run");
        Assert.DoesNotContain("gives up", warned.Error, "a dry run gives nothing up");
        CommandRun known = board.On(
            0, "device", "flash", images[2], "--strategy", "full", "--no-reset", "--releases", board.Folder,
            "--backup", board["old.fwi"]);
        Assert.Contains("no backup needed: 1.0.0, which slot A gives up, is also in the images named", known.Error);
        Assert.IsFalse(File.Exists(board["old.fwi"]));
    }

    [TestMethod]
    public void Backs_up_any_slot_and_never_over_a_file()
    {
        using var board = new CliBoard();
        board.On(0, "device", "flash", board.Build(1));
        CommandRun run = board.On(0, "device", "backup", board["copy.fwi"], "-o", "json");
        Assert.AreEqual("A", run.Json.GetProperty("slot").GetString());
        CollectionAssert.AreEqual(
            Payload(board, board["copy.fwi"]), File.ReadAllBytes(board["app-1.bin"]));
        Assert.Contains("error FW1004", board.On(2, "device", "backup", board["copy.fwi"]).Error);
        Assert.Contains("error FW4103", board.On(1, "device", "backup", board["x.fwi"], "--slot", "golden").Error);
        Assert.IsFalse(File.Exists(board["x.fwi"]));
    }

    [TestMethod]
    [DataRow("current")]
    [DataRow("previous")]
    public void Resets_to_what_it_is_told(string target)
    {
        using var board = new CliBoard();
        board.On(0, "device", "flash", board.Build(1));
        board.On(0, "device", "flash", board.Build(2));
        Assert.Contains($"resetting to the image '{target}'", board.On(0, "device", "reset-to", target).Out);
        JsonElement info = board.On(0, "device", "info", "-o", "json").Json;
        Assert.AreEqual(target == "current" ? "B" : "A", info.GetProperty("active").GetString());
    }

    [TestMethod]
    public void Makes_golden_what_runs_and_goes_back_to_it()
    {
        using var board = new CliBoard();
        board.On(0, "device", "flash", board.Build(1));
        Assert.Contains("would make 1.0.0 the golden image", board.On(0, "device", "promote", "--dry-run").Out);
        Assert.Contains("1.0.0 is the golden image", board.On(0, "device", "promote").Out);
        Assert.Contains("golden holds 1.0.0 already", board.On(0, "device", "promote").Out);

        board.On(0, "device", "flash", board.Build(2));
        CommandRun third = board.On(
            0, "device", "flash", board.Build(3), "--no-reset", "--strategy", "full", "--backup", board["old.fwi"]);
        Assert.Contains("no backup needed: 1.0.0, which slot A gives up, is also in the golden store", third.Error);
        board.On(0, "device", "reset");
        board.On(0, "device", "reset-to", "golden");
        JsonElement info = board.On(0, "device", "info", "-o", "json").Json;
        Assert.AreEqual("golden", info.GetProperty("running").GetString());
        Assert.Contains("error FW4102", board.On(4, "device", "promote").Error);
    }

    [TestMethod]
    public void Says_what_it_can_be_reset_to()
    {
        CommandRun run = CliBoard.Expect(2, "device", "reset-to", "newest", "--port", "tcp:127.0.0.1:1");
        Assert.Contains("current, previous, golden, A, B, or a generation such as A.1", run.Error);
    }

    [TestMethod]
    public void Tells_why_an_image_was_reverted_whatever_the_strategy()
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        board.On(0, "device", "flash", first);
        CommandRun run = board.On(
            1, "device", "flash", board.Build(2, ApplicationBehaviour.Returns), "--base", first, "--strategy", "sync");
        Assert.Contains("error FW4106", run.Error);
        Assert.Contains("it returned to the boot stage", run.Error);
    }

    private static byte[] Payload(CliBoard board, string image)
    {
        CliBoard.Expect(0, "image", "extract", image, "--out", board["extracted.bin"], "--force");
        return File.ReadAllBytes(board["extracted.bin"]);
    }
}
