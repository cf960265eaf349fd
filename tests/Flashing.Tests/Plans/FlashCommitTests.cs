using Twinbank.Core.Journal;
using Twinbank.Core.Smp;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Simulation.Boards;

namespace Twinbank.Flashing.Tests.Plans;

[TestClass]
public sealed class FlashCommitTests
{
    [TestMethod]
    public async Task Brings_an_image_to_the_other_slot_and_waits_until_it_is_confirmed()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        var events = new List<FlashEvent>();
        TestImage second = TestImage.Build(2);
        FlashOutcome outcome = await FlashBench.FlashAsync(session, second.Full, null, new EventList(events));
        Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
        Assert.AreEqual(SmpFraming.Compact, session.Framing);
        Assert.AreEqual(second.Full.Bytes.Length, outcome.SentBytes + outcome.SkippedBytes);
        CollectionAssert.AreEqual(
            new[]
            {
                FlashStep.Upload, FlashStep.RequestTrial, FlashStep.Reset, FlashStep.WaitForTrial,
            },
            events.Select(each => each.Step).Distinct().Take(4).ToArray());
        Assert.AreEqual(FlashStep.Done, events[^1].Step);
        UploadProgress last = events.Last(each => each.Upload is not null).Upload!;
        Assert.AreEqual(last.TotalBytes, last.OffsetBytes);
        Assert.IsGreaterThan(0.0, last.BytesPerSecond);

        IReadOnlyList<SlotImage> images = await session.ReadImagesAsync();
        SlotImage running = images.Single(image => image.IsActive);
        Assert.AreEqual((1, "2.0.0", true), (running.Slot, running.Version, running.IsConfirmed));
        DeviceInfo info = await session.ReadInfoAsync();
        Assert.AreEqual((JournalState.Confirmed, 1, 0), (info.State, info.ActiveSlot, info.PreviousSlot));
    }

    [TestMethod]
    public async Task Runs_three_updates_in_a_row_from_slot_to_slot()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        for (int version = 2; version <= 4; version++)
        {
            FlashOutcome outcome = await FlashBench.FlashAsync(session, TestImage.Build(version).Full);
            Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
            Assert.AreEqual((version - 1) % 2, (await session.ReadInfoAsync()).RunningSlot);
        }
    }

    [TestMethod]
    public async Task Sends_a_delta_in_a_fraction_of_the_bytes()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        FlashOutcome outcome = await FlashBench.FlashAsync(session, TestImage.Build(2).Delta(bench.First));
        Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
        Assert.IsLessThan(bench.First.Full.Bytes.Length / 2, outcome.SentBytes);
        Assert.IsGreaterThan(0, outcome.Upload!.BlocksCopied);
        Assert.AreEqual(1, outcome.Upload.BlocksWritten);
    }

    [TestMethod]
    [DataRow(ApplicationBehaviour.Faults, "it faulted at 0x")]
    [DataRow(ApplicationBehaviour.Hangs, "the watchdog reset it")]
    [DataRow(ApplicationBehaviour.NeverConfirms, "its probation ended without a confirmation")]
    [DataRow(ApplicationBehaviour.Returns, "it returned to the boot stage")]
    public async Task Tells_why_a_bad_image_was_reverted(ApplicationBehaviour behaviour, string reason)
    {
        using var bench = new FlashBench(clockFactor: 10);
        await using DeviceSession session = await bench.OpenAsync();
        TestImage bad = TestImage.Build(2, behaviour);
        FirmwareException error = await Refusals.FailsAsync(
            ErrorCode.ImageReverted, () => FlashBench.FlashAsync(session, bad.Full));
        Assert.Contains("demo 2.0.0", error.Message);
        Assert.Contains(reason, error.Message);

        DeviceInfo info = await session.ReadInfoAsync();
        Assert.AreEqual((JournalState.Confirmed, 0), (info.State, info.ActiveSlot));
        Assert.IsTrue(info.Failure!.IsOf(bad.Target.ManifestDigest));
        await Refusals.FailsAsync(ErrorCode.FailedBefore, () => FlashBench.FlashAsync(session, bad.Full));
    }

    [TestMethod]
    public async Task Tries_a_failed_image_again_only_when_asked_to()
    {
        using var bench = new FlashBench(clockFactor: 10);
        await using DeviceSession session = await bench.OpenAsync();
        TestImage bad = TestImage.Build(2, ApplicationBehaviour.Returns);
        await Refusals.FailsAsync(ErrorCode.ImageReverted, () => FlashBench.FlashAsync(session, bad.Full));
        var options = new FlashOptions { RetryFailed = true, PollInterval = TimeSpan.FromMilliseconds(20) };
        await Refusals.FailsAsync(ErrorCode.ImageReverted, () => FlashBench.FlashAsync(session, bad.Full, options));
        Assert.AreEqual(2u, (await session.ReadInfoAsync()).RevertCount);
    }

    [TestMethod]
    public async Task Confirms_from_the_host_for_an_application_that_does_not()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        var options = new FlashOptions { ConfirmsFromHost = true, PollInterval = TimeSpan.FromMilliseconds(20) };
        FlashOutcome outcome = await FlashBench.FlashAsync(
            session, TestImage.Build(2, ApplicationBehaviour.NeverConfirms).Full, options);
        Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
    }

    [TestMethod]
    public async Task Stops_where_it_is_told_and_goes_on_from_there()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        TestImage second = TestImage.Build(2);
        FlashOutcome pending = await FlashBench.FlashAsync(
            session, second.Full, new FlashOptions { StopsBeforeReset = true });
        Assert.AreEqual(FlashEnd.Pending, pending.End);
        Assert.IsTrue((await session.ReadImagesAsync()).Single(image => image.Slot == 1).IsPending);

        FlashPlan plan = await FlashBench.PlanAsync(session, second.Full);
        Assert.AreEqual(FlashAction.Restart, plan.Action);
        Assert.AreEqual(FlashEnd.Confirmed, (await FlashCommit.RunAsync(session, plan)).End);

        FlashPlan again = await FlashBench.PlanAsync(session, second.Full);
        Assert.AreEqual(FlashAction.Nothing, again.Action);
        Assert.AreEqual(FlashEnd.Unchanged, (await FlashCommit.RunAsync(session, again)).End);
    }

    [TestMethod]
    public async Task Says_what_it_found_when_the_outcome_takes_too_long()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        var options = new FlashOptions
        {
            OutcomePatience = TimeSpan.FromSeconds(1),
            PollInterval = TimeSpan.FromMilliseconds(20),
        };
        FirmwareException error = await Refusals.FailsAsync(
            ErrorCode.OutcomeUnknown,
            () => FlashBench.FlashAsync(
                session, TestImage.Build(2, ApplicationBehaviour.NeverConfirms).Full, options));
        Assert.Contains("still trying the image", error.Message);
    }

    [TestMethod]
    public async Task Installs_a_first_image_on_an_empty_device()
    {
        using var bench = new FlashBench(isEmpty: true);
        await using DeviceSession session = await bench.OpenAsync();
        Assert.IsTrue((await session.ReadInfoAsync()).IsInRecovery);
        FlashOutcome outcome = await FlashBench.FlashAsync(session, TestImage.Build(2).Full);
        Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
    }

    private sealed class EventList(List<FlashEvent> events) : IProgress<FlashEvent>
    {
        public void Report(FlashEvent value) => events.Add(value);
    }
}
