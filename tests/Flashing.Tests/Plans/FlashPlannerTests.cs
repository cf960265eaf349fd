using Twinbank.Core.Journal;
using Twinbank.Core.Trust;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Images.Containers;

namespace Twinbank.Flashing.Tests.Plans;

[TestClass]
public sealed class FlashPlannerTests
{
    private static readonly TestImage s_first = TestImage.Build(1);
    private static readonly TestImage s_second = TestImage.Build(2);

    private static readonly DeviceInfo s_device = new()
    {
        Board = TestImage.Board.Id,
        HardwareRevision = 1,
        Translation = Translation.Software,
        Geometry = new DeviceGeometry(3, 0x10000, 0x1000, 0x400, 0x1000, 4),
        RunningSlot = 0,
        State = JournalState.Confirmed,
        ActiveSlot = 0,
    };

    private static readonly SlotImage s_running = Image(0, s_first) with { IsActive = true, IsConfirmed = true };

    private static SlotImage Image(int slot, TestImage image) => new()
    {
        Slot = slot,
        Version = image.Target.Version.ToString(),
        Digest = image.Target.ManifestDigest,
        IsBootable = true,
    };

    private static FlashPlan Plan(ContainerFile container, DeviceInfo? device = null, params SlotImage[] images)
        => FlashPlanner.Plan(container, device ?? s_device, images, new FlashOptions());

    [TestMethod]
    public void Sends_an_image_that_is_not_there()
    {
        FlashPlan plan = Plan(s_second.Full, null, s_running);
        Assert.AreEqual((FlashAction.Send, 1, "B"), (plan.Action, plan.TargetSlot, plan.TargetSlotName));
        Assert.AreEqual(s_second.Full.Bytes.Length, plan.SendBytesMax);
        Assert.AreEqual("demo 2.0.0", plan.ImageName);
        Assert.AreEqual(s_running, plan.Current);
        Assert.IsNull(plan.Replaced);
        Assert.Contains("not on the device", plan.Reason);
    }

    [TestMethod]
    public void Names_the_image_that_it_replaces()
    {
        SlotImage old = Image(1, TestImage.Build(3));
        FlashPlan plan = Plan(s_second.Delta(s_first), null, s_running, old);
        Assert.AreEqual(old, plan.Replaced);
        Assert.AreEqual("The delta fits the running image; it replaces version 3.0.0.", plan.Reason);
    }

    [TestMethod]
    public void Writes_slot_A_when_B_is_active_and_when_nothing_is()
    {
        DeviceInfo other = s_device with { ActiveSlot = 1, RunningSlot = 1 };
        Assert.AreEqual(0, Plan(s_second.Full, other, s_running with { Slot = 1 }).TargetSlot);
        DeviceInfo empty = s_device with { ActiveSlot = null, RunningSlot = null, State = JournalState.None };
        Assert.AreEqual(0, Plan(s_second.Full, empty).TargetSlot);
    }

    [TestMethod]
    public void Does_nothing_for_the_image_that_runs()
        => Assert.AreEqual(FlashAction.Nothing, Plan(s_first.Full, null, s_running).Action);

    [TestMethod]
    public void Tries_an_image_that_the_other_slot_holds()
    {
        FlashPlan plan = Plan(s_second.Full, null, s_running, Image(1, s_second));
        Assert.AreEqual((FlashAction.Try, 0L), (plan.Action, plan.SendBytesMax));
    }

    [TestMethod]
    public void Sends_an_image_that_the_other_slot_holds_in_part()
        => Assert.AreEqual(
            FlashAction.Send,
            Plan(s_second.Full, null, s_running, Image(1, s_second) with { IsBootable = false }).Action);

    [TestMethod]
    public void Restarts_into_an_image_that_waits_and_watches_one_on_trial()
    {
        DeviceInfo trial = s_device with { State = JournalState.Trial, ActiveSlot = 1 };
        SlotImage held = Image(1, s_second);
        Assert.AreEqual(
            FlashAction.Restart, Plan(s_second.Full, trial, s_running, held with { IsPending = true }).Action);
        DeviceInfo running = trial with { RunningSlot = 1 };
        Assert.AreEqual(
            FlashAction.Watch,
            Plan(s_second.Full, running, s_running with { IsActive = false }, held with { IsActive = true }).Action);
    }

    [TestMethod]
    public void Refuses_to_send_during_a_trial()
    {
        DeviceInfo trial = s_device with { State = JournalState.Trial, ActiveSlot = 1, RunningSlot = 1 };
        FirmwareException error = Refusals.Fails(
            ErrorCode.WrongState, () => Plan(TestImage.Build(3).Full, trial, s_running));
        Assert.Contains("Sending app.fwi", error.Message);
    }

    [TestMethod]
    public void Refuses_an_image_that_failed_before_unless_told_to_retry()
    {
        DeviceInfo failed = s_device with
        {
            Failure = new DeviceFailure
            {
                Reason = FailureReason.Fault,
                DigestPrefix = s_second.Target.ManifestDigest.AsMemory(0, 16),
            },
        };
        Refusals.Fails(ErrorCode.FailedBefore, () => Plan(s_second.Full, failed, s_running));
        Refusals.Fails(ErrorCode.FailedBefore, () => Plan(s_second.Full, failed, s_running, Image(1, s_second)));
        FlashPlan retry = FlashPlanner.Plan(
            s_second.Full, failed, [s_running, Image(1, s_second)], new FlashOptions { RetryFailed = true });
        Assert.AreEqual(FlashAction.Send, retry.Action, "only an upload tells the device to accept it");
    }

    [TestMethod]
    public void Names_both_sides_when_image_and_device_do_not_fit()
    {
        ContainerFile otherBoard = TestImage.Build(
            2, change: r => r with { Board = r.Board with { Id = "other" } }).Full;
        AssertRefused(ErrorCode.WrongBoard, "board other, the device is sim-nor.1k-u4", otherBoard);
        ContainerFile otherRevision = TestImage.Build(2, change: r => r with { HardwareRevisions = 1 }).Full;
        AssertRefused(ErrorCode.WrongHardwareRevision, "has revision 1", otherRevision);
        AssertRefused(
            ErrorCode.SecurityCounterTooLow, "counter 0, the device asks for 5", s_second.Full,
            s_device with { SecurityFloor = 5 });
        AssertRefused(
            ErrorCode.WrongGeometry, "blocks of 4096 bytes, sectors of 8192", s_second.Full,
            s_device with { Geometry = s_device.Geometry with { SectorBytes = 8192 } });
        AssertRefused(
            ErrorCode.TooLarge, "the slot takes 4096", s_second.Full,
            s_device with { Geometry = s_device.Geometry with { SlotBytes = 8192 } });
        AssertRefused(ErrorCode.WrongBase, "version 1.0.0 runs there", s_second.Delta(TestImage.Build(3)));
    }

    private static void AssertRefused(ErrorCode code, string text, ContainerFile container, DeviceInfo? device = null)
    {
        FirmwareException error = Refusals.Fails(code, () => Plan(container, device, s_running));
        Assert.Contains(text, error.Message);
    }
}
