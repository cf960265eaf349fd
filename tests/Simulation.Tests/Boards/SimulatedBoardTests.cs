using Twinbank.Boards;
using Twinbank.Boot;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Simulation.Tests.Boards;

/// <summary>Whole lives of boards: the boot stage is real, the applications are played.</summary>
[TestClass]
public sealed class SimulatedBoardTests
{
    public static IEnumerable<string> BoardIds
        => BoardCatalog.BuiltIn.BoardIds.Concat(["sim-nor.1k-u8-once", "sim-nor.64k-u256"]);

    [TestMethod]
    [DynamicData(nameof(BoardIds))]
    public void Every_board_runs_and_confirms_a_good_application(string boardId)
    {
        var bench = new BoardBench(boardId);
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Program(SlotId.B, ApplicationBehaviour.Good, 2);

        BoardLife life = bench.Board.RunLife();

        Assert.AreEqual(LifeEnd.Stopped, life.End);
        Assert.AreEqual(1u, life.LaunchedSlot);
        Assert.IsTrue(life.WasTrial);
        Assert.Contains("[app] demo 2 runs from slot B", bench.Line.Text);
        Assert.Contains("[app] confirmed", bench.Line.Text);
        Assert.AreEqual(JournalState.Confirmed, bench.Board.Storage!.Journal.Current.State);
        Assert.IsTrue(bench.Hardware.Parts.All(part => part.Violations.Count == 0));
    }

    [TestMethod]
    [DataRow(ApplicationBehaviour.Faults, FailureReason.Fault, ResetCause.Fault)]
    [DataRow(ApplicationBehaviour.Hangs, FailureReason.Watchdog, ResetCause.Watchdog)]
    [DataRow(ApplicationBehaviour.NeverConfirms, FailureReason.Deadline, ResetCause.Requested)]
    [DataRow(ApplicationBehaviour.Returns, FailureReason.Returned, ResetCause.Fault)]
    public void A_bad_application_is_reverted_with_its_reason(
        ApplicationBehaviour behaviour, FailureReason reason, ResetCause cause)
    {
        var bench = new BoardBench("sim-nor");
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Program(SlotId.B, behaviour, 2);

        BoardLife first = bench.Board.RunLife();
        BoardLife last = bench.Board.RunLives(livesMax: 10);

        Assert.AreEqual(LifeEnd.Reset, first.End);
        Assert.AreEqual(cause, first.NextCause);
        Assert.AreEqual(0u, last.LaunchedSlot);
        Assert.IsFalse(last.WasTrial);
        JournalRecord record = bench.Board.Storage!.Journal.Current;
        Assert.AreEqual(reason, record.FailureReason);
        Assert.AreEqual(SlotId.B, record.FailedSlot);
        Assert.AreEqual(1u, record.RevertCount);
    }

    [TestMethod]
    public void A_fault_is_remembered_with_its_address()
    {
        var bench = new BoardBench("sim-nor");
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Program(SlotId.B, ApplicationBehaviour.Faults, 2);
        bench.Board.RunLives(livesMax: 10);
        Assert.AreEqual(0xDEAD0000u, bench.Board.Storage!.Journal.Current.FaultAddress);
    }

    [TestMethod]
    public void An_image_that_is_no_played_application_counts_as_good()
    {
        var bench = new BoardBench("sim-nor");
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Board.RunLife();
        bench.Line.Clear();
        bench.Program(SlotId.A, (ApplicationBehaviour)77, 1);
        Assert.AreEqual(LifeEnd.Stopped, bench.Board.RunLife().End);
    }

    [TestMethod]
    public void A_board_with_nothing_to_run_waits_in_recovery()
    {
        var bench = new BoardBench("sim-nor");
        BoardLife life = bench.Board.RunLife();
        Assert.AreEqual(LifeEnd.Stopped, life.End);
        Assert.IsTrue(life.IsInRecovery);
        Assert.IsNull(life.LaunchedSlot);
    }

    [TestMethod]
    public void Rot_in_the_confirmed_image_starts_the_golden_one()
    {
        var bench = new BoardBench("sim-nor");
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Program(SlotId.Golden, ApplicationBehaviour.Good, 9);
        bench.Board.RunLife();

        StrictNorFlash part = bench.Hardware.Parts[0];
        part.FlipBit(bench.Hardware.SlotA.StartAddress + bench.Hardware.SlotHeaderBytes + 100, 3);
        BoardLife life = bench.Board.RunLife();

        Assert.AreEqual(2u, life.LaunchedSlot);
        Assert.AreEqual(FailureReason.Corrupt, bench.Board.Storage!.Journal.Current.FailureReason);
    }

    [TestMethod]
    public void A_life_that_loses_its_power_is_followed_by_a_power_on()
    {
        var bench = new BoardBench("sim-nor");
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Hardware.Power.PlanCut(new PowerCut(1, CutShape.Prefix, 5));
        BoardLife life = bench.Board.RunLife();
        Assert.AreEqual(LifeEnd.PowerLost, life.End);
        Assert.AreEqual(ResetCause.PowerOn, life.NextCause);
        Assert.IsNull(life.LaunchedSlot);
        Assert.AreEqual(0u, bench.Board.RunLife().LaunchedSlot);
    }

    [TestMethod]
    public void A_stopped_board_stays_stopped()
    {
        var bench = new BoardBench("sim-nor");
        bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        bench.Board.Stop();
        Assert.AreEqual(LifeEnd.Stopped, bench.Board.RunLife().End);
        Assert.DoesNotContain("alive", bench.Line.Text);
    }

    [TestMethod]
    public void Refuses_an_image_that_does_not_fit_the_slot()
    {
        var bench = new BoardBench("sim-nor");
        var image = bench.Program(SlotId.A, ApplicationBehaviour.Good, 1);
        byte[][] tooMany = [.. Enumerable.Repeat(new byte[10], 100)];
        Assert.ThrowsExactly<ArgumentException>(() => FactoryProgrammer.Program(
            bench.Hardware, SlotId.B, image.ManifestBytes, image.SignatureArea, tooMany));
    }
}
