using System.Text.Json;
using Twinbank.Boards;
using Twinbank.Simulation.Boards;

namespace Twinbank.Cli.Tests.Boards;

/// <summary>Overlays from the command line: small updates that erase nothing and are undone by one record.</summary>
[TestClass]
public sealed class OverlayStoryTests
{
    private static JsonElement Info(CliBoard board) => board.On(0, "device", "info", "-o", "json").Json;

    private static int ErasesInSlots(CliBoard board)
    {
        Board data = BoardCatalog.BuiltIn.Find(board.BoardId);
        uint first = data.SlotA.StartAddress / data.Slots.SectorBytes;
        return board.Hardware.Parts[0].Counters.ErasesBySector.Skip((int)first).Sum();
    }

    private static void Runs(CliBoard board, string slot, int generation, string version)
    {
        JsonElement info = Info(board);
        Assert.AreEqual(
            (slot, generation), (info.GetProperty("running").GetString(), info.GetProperty("runningGeneration").GetInt32()));
        JsonElement running = info.GetProperty("images").EnumerateArray()
            .Single(image => image.GetProperty("isActive").GetBoolean());
        Assert.AreEqual(version, running.GetProperty("version").GetString());
    }

    [TestMethod]
    public void Adds_overlays_to_overlays_without_an_erase_and_goes_back_to_any_of_them()
    {
        using var board = new CliBoard();
        board.On(0, "device", "flash", board.Build(1));
        int erases = ErasesInSlots(board);
        for (int version = 2; version <= 4; version++)
        {
            CommandRun flash = board.On(
                0, "device", "flash", board.Build(version), "--releases", board.Folder, "-o", "json");
            Assert.AreEqual("overlay", flash.Json.GetProperty("strategy").GetString(), flash.Error);
            Assert.Contains("plan: overlay: ", flash.Error);
            Runs(board, "A", version - 1, $"{version}.0.0");
        }

        Assert.AreEqual(erases, ErasesInSlots(board));
        string text = board.On(0, "device", "info").Out;
        Assert.Contains("confirmed, generation A.3; previous is generation A.2", text);
        Assert.Contains("overlays    slot A: ", text);
        foreach ((string target, int generation, string version) in new[]
        {
            ("previous", 2, "3.0.0"), ("A.1", 1, "2.0.0"), ("A", 0, "1.0.0"), ("A.3", 3, "4.0.0"),
        })
        {
            board.On(0, "device", "reset-to", target);
            Runs(board, "A", generation, version);
        }

        Assert.AreEqual(erases, ErasesInSlots(board));
        Assert.Contains("error FW4103", board.On(1, "device", "reset-to", "A.9").Error);
    }

    [TestMethod]
    public void Sends_of_a_set_only_the_delta_that_fits_the_board()
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        string second = board.Build(2);
        string third = board.Build(3);
        string set = Path.Combine(board.Folder, "set.fwi");
        Assert.AreEqual(
            0, CommandRun.Of("image", "diff", first, third, "--also-from", second, "--out", set).ExitCode);
        board.On(0, "device", "flash", second);

        CommandRun flash = board.On(0, "device", "flash", set, "-o", "json");

        Assert.AreEqual("overlay", flash.Json.GetProperty("strategy").GetString(), flash.Error);
        Assert.IsLessThan(new FileInfo(set).Length, flash.Json.GetProperty("sentBytes").GetInt64());
        Runs(board, "A", 1, "3.0.0");
    }

    [TestMethod]
    [DataRow(ApplicationBehaviour.Returns, "it returned to the boot stage")]
    [DataRow(ApplicationBehaviour.Faults, "it faulted at 0x")]
    public void Reverts_a_bad_overlay_and_says_why(ApplicationBehaviour behaviour, string reason)
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        board.On(0, "device", "flash", first);
        CommandRun bad = board.On(
            1, "device", "flash", board.Build(2, behaviour), "--base", first, "--strategy", "overlay");
        Assert.Contains("error FW4106", bad.Error);
        Assert.Contains(reason, bad.Error);
        Runs(board, "A", 0, "1.0.0");
    }

    [TestMethod]
    public void Folds_the_overlays_when_the_buffer_areas_are_full()
    {
        using var board = new CliBoard();
        board.On(0, "device", "flash", board.Build(1));
        for (int version = 2; version <= 12; version++)
        {
            string image = board.Build(version);
            CommandRun plan = board.On(0, "plan", image, "--releases", board.Folder, "-o", "json");
            JsonElement[] rows = [.. plan.Json.GetProperty("plan").GetProperty("rows").EnumerateArray()];
            if (!rows[0].GetProperty("applicable").GetBoolean())
            {
                Assert.Contains("bytes of buffer areas", rows[0].GetProperty("whyNot").GetString()!);
                Assert.IsTrue(rows[3].GetProperty("applicable").GetBoolean(), plan.Out);
                CommandRun run = board.On(
                    0, "device", "flash", image, "--releases", board.Folder, "--strategy", "compact", "-o", "json");
                Assert.AreEqual("compactThenOverlay", run.Json.GetProperty("strategy").GetString());
                Runs(board, "B", 1, $"{version}.0.0");
                return;
            }

            board.On(0, "device", "flash", image, "--releases", board.Folder, "--strategy", "overlay");
        }

        Assert.Fail("the buffer areas were never full");
    }

    [TestMethod]
    public void Takes_another_way_when_the_buffer_areas_are_not_erased()
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        board.On(0, "device", "flash", first);
        Board data = BoardCatalog.BuiltIn.Find(board.BoardId);
        uint buffer = data.SlotA.StartAddress + data.Slots.HeaderBytes + data.Slots.DataBytes;
        board.Hardware.Parts[0].FlipBit(buffer + 200, 3);
        string second = board.Build(2);
        Assert.Contains(
            "error FW4203",
            board.On(1, "device", "flash", second, "--base", first, "--strategy", "overlay").Error);
        Runs(board, "A", 0, "1.0.0");
        CommandRun run = board.On(0, "device", "flash", second, "--base", first);
        Assert.Contains("the board takes no overlay: ", run.Error);
        Assert.Contains("Going on with sync.", run.Error);
        Runs(board, "B", 0, "2.0.0");
    }

    [TestMethod]
    public void Keeps_and_promotes_an_image_that_is_made_of_overlays()
    {
        using var board = new CliBoard();
        string first = board.Build(1);
        string second = board.Build(2);
        board.On(0, "device", "flash", first);
        board.On(0, "device", "flash", second, "--base", first, "--strategy", "overlay");
        board.On(0, "device", "backup", board["kept.fwi"]);
        CliBoard.Expect(0, "image", "extract", board["kept.fwi"], "--out", board["kept.bin"]);
        CollectionAssert.AreEqual(File.ReadAllBytes(board["app-2.bin"]), File.ReadAllBytes(board["kept.bin"]));

        board.On(0, "device", "promote");
        board.On(0, "device", "reset-to", "golden");
        Runs(board, "golden", 0, "2.0.0");
    }
}
