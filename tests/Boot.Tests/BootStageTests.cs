using Twinbank.Boards;
using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Journal;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Time;

namespace Twinbank.Boot.Tests;

/// <summary>The boot stage on qemu-virt's geometry, without an emulator: what it decides and writes down.</summary>
[TestClass]
public sealed class BootStageTests
{
    static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);
    static readonly Board s_board = BoardCatalog.BuiltIn.Find("qemu-virt");

    readonly SimulatedHardware _hardware = SimulatedHardware.FromBoard(s_board);
    readonly RecordingConsole _line = new();
    readonly SimulatedBoard _simulated;

    public BootStageTests()
        => _simulated = new SimulatedBoard(_hardware, Options((_, _, _) => new QuietAgent()));

    SimulatedBoardOptions Options(AgentFactory newAgent)
        => new()
        {
            NewAgent = newAgent,
            Time = new SimulatedClock(),
            SerialLine = _line,
            Keys = [new TrustedKey((byte)KeyAlgorithm.Ed25519, s_key.PublicKey.Raw.ToArray())],
            Applications = PlayedApplication.Run,
            StopsWhenStuck = true,
            LifeTimeMax = TimeSpan.FromMinutes(1),
        };

    void Program(SlotId slot, ApplicationBehaviour behaviour, ushort version, uint? promoteAfterSeconds = null)
    {
        byte[] payload = PlayedApplication.Build(behaviour, $"demo {version}", 5000, version);
        TargetImage image = ImageBuilder.Build(new ImageRequest
        {
            Board = s_board,
            Payload = MemoryImage.Create([new MemorySegment(s_board.VirtualBase, payload)], null, "test"),
            PayloadKind = PayloadKind.NativeXip,
            Name = "demo",
            Version = new ImageVersion(version, 0, 0, 0),
            Keys = [s_key],
            PromoteAfterSeconds = promoteAfterSeconds,
        });
        FactoryProgrammer.Program(_hardware, slot, image.ManifestBytes, image.SignatureArea, image.Blocks);
    }

    JournalRecord Journal => _simulated.Storage!.Journal.Current;

    [TestMethod]
    public void Rebuilds_the_journal_from_the_only_image_and_runs_it()
    {
        Program(SlotId.B, ApplicationBehaviour.Good, 1);
        _simulated.RunLife();
        Assert.AreEqual(JournalState.Confirmed, Journal.State);
        Assert.AreEqual(SlotId.B, Journal.ActiveSlot);
    }

    [TestMethod]
    public void Without_a_journal_tries_the_newer_image_and_keeps_the_older_one_as_the_way_back()
    {
        Program(SlotId.A, ApplicationBehaviour.Good, 1);
        Program(SlotId.B, ApplicationBehaviour.Faults, 2);
        _simulated.RunLives(8);
        Assert.AreEqual(JournalState.Confirmed, Journal.State);
        Assert.AreEqual(SlotId.A, Journal.ActiveSlot);
        Assert.AreEqual(FailureReason.Fault, Journal.FailureReason);
        Assert.AreEqual(1u, Journal.RevertCount);
        Assert.AreEqual(3u, Journal.AttemptCount, "three boots are granted, and each is counted before the jump");
    }

    [TestMethod]
    [DataRow(20u, true, DisplayName = "it runs for longer than it has to")]
    [DataRow(300u, false, DisplayName = "the life ends before its time has come")]
    [DataRow(null, false, DisplayName = "its manifest does not ask for it")]
    public void Makes_golden_what_has_run_long_enough_when_its_manifest_says_so(uint? seconds, bool isGolden)
    {
        var board = new SimulatedBoard(_hardware, Options((platform, storage, control) => new SmpAgent(
            platform, storage, control, [new RangeRecipeDecoder()], s_board.Slots.BlockBytes)));
        Program(SlotId.A, ApplicationBehaviour.Good, 1, seconds);

        board.RunLife();

        StoredImage reader = board.Storage!.CreateReader();
        Assert.AreEqual(isGolden, board.Storage.Verify(SlotId.Golden, 0, reader) == Status.Ok);
        Assert.AreEqual(SlotId.A, board.Storage.Journal.Current.ActiveSlot);
    }

    [TestMethod]
    public void Leaves_a_newer_golden_image_alone_when_an_older_one_runs_for_long()
    {
        var board = new SimulatedBoard(_hardware, Options((platform, storage, control) => new SmpAgent(
            platform, storage, control, [new RangeRecipeDecoder()], s_board.Slots.BlockBytes)));
        Program(SlotId.A, ApplicationBehaviour.Good, 1, promoteAfterSeconds: 20);
        Program(SlotId.Golden, ApplicationBehaviour.Good, 2);

        board.RunLife();

        StoredImage reader = board.Storage!.CreateReader();
        Assert.AreEqual(Status.Ok, board.Storage.Verify(SlotId.Golden, 0, reader));
        Assert.AreEqual(2, reader.Manifest.VersionMajor);
    }

    [TestMethod]
    public void Runs_nothing_and_stays_in_recovery_on_an_empty_board()
    {
        _simulated.RunLife();
        Assert.IsFalse(_simulated.Storage!.Journal.HasRecord);
        Assert.IsTrue(_simulated.Storage.NothingBootable);
    }
}
