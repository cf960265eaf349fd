using Twinbank.Core.Journal;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Images;
using Twinbank.Images.Planning;
using Twinbank.Simulation.Flash;

namespace Twinbank.Flashing.Tests.Plans;

/// <summary>What a plan says against what the flash of a real (simulated) device counted.</summary>
[TestClass]
public sealed class ForecastTests
{
    [TestMethod]
    [DataRow(UpdateStrategy.Sync)]
    [DataRow(UpdateStrategy.Full)]
    public async Task Forecasts_every_erase_and_every_programmed_byte(UpdateStrategy strategy)
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await FlashBench.FlashAsync(session, TestImage.Build(2).Full);
        TestImage third = TestImage.Build(3);

        DeviceSurvey survey = await DeviceSurvey.TakeAsync(session);
        var known = new KnownImages();
        known.Add(TestImage.Build(2).Full);
        UpdateContainers update = UpdateContainers.Make(third.Full, survey.RunningDigest, known);
        PlanDevice device = survey.ToPlanDevice(TestImage.Board, LinkCost.Unknown);
        StrategyEstimate row = UpdatePlanner.Plan(device, update, strategy).Choice;
        Assert.IsFalse(row.IsUpperBound, "slot A holds version 1");

        FlashCounters counters = bench.Hardware.Parts[0].Counters;
        (int erases, long programmed, uint records) before = Count(counters, survey.Info);
        await session.UploadAsync(update.For(strategy).Bytes, "app.fwi");
        (int erases, long programmed, uint records) after = Count(counters, await session.ReadInfoAsync());
        long journalBytes = (after.records - before.records) * JournalRecord.SizeBytes;
        Assert.AreEqual(row.SectorErases, after.erases - before.erases);
        Assert.AreEqual(row.ProgrammedBytes, after.programmed - before.programmed - journalBytes);
    }

    [TestMethod]
    public async Task Forecasts_no_less_than_what_happens_when_the_slot_was_empty()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        DeviceSurvey survey = await DeviceSurvey.TakeAsync(session);
        UpdateContainers update = UpdateContainers.Make(
            TestImage.Build(2).Full, survey.RunningDigest, new KnownImages());
        StrategyEstimate row = UpdatePlanner.Plan(survey.ToPlanDevice(null, LinkCost.Unknown), update).Choice;
        Assert.IsTrue(row.IsUpperBound);
        Assert.IsNull(row.Seconds, "neither board nor link are known");
        FlashCounters counters = bench.Hardware.Parts[0].Counters;
        (int erases, _, _) = Count(counters, survey.Info);
        await session.UploadAsync(update.Full!.Bytes, "app.fwi");
        Assert.IsGreaterThanOrEqualTo(Count(counters, survey.Info).Erases - erases, row.SectorErases);
    }

    [TestMethod]
    public async Task Forecasts_an_overlay_to_the_byte()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        TestImage second = TestImage.Build(2);
        await FlashBench.FlashAsync(session, second.Full);
        DeviceSurvey survey = await DeviceSurvey.TakeAsync(session);
        var known = new KnownImages();
        known.Add(second.Full);
        UpdateContainers update = UpdateContainers.Make(TestImage.Build(3).Full, survey.RunningDigest, known);
        StrategyEstimate row = UpdatePlanner.Plan(
            survey.ToPlanDevice(TestImage.Board, LinkCost.Unknown), update, UpdateStrategy.Overlay).Choice;

        FlashCounters counters = bench.Hardware.Parts[0].Counters;
        (int erases, long programmed, uint records) before = Count(counters, survey.Info);
        await session.UploadAsync(update.Delta!.Bytes, "app.fwi", new UploadOptions { IsOverlay = true });
        (int erases, long programmed, uint records) after = Count(counters, survey.Info);
        Assert.AreEqual((0, 0), (row.SectorErases, after.erases - before.erases));
        Assert.AreEqual(before.records, after.records, "nothing was given up");
        Assert.AreEqual(row.ProgrammedBytes, after.programmed - before.programmed);
        Assert.AreEqual(row.WireBytes, update.Delta.Bytes.Length);
    }

    private static (int Erases, long Programmed, uint Records) Count(FlashCounters counters, DeviceInfo info)
    {
        uint sector = TestImage.Board.Slots.SectorBytes;
        int inSlots = counters.ErasesBySector
            .Skip((int)(TestImage.Board.SlotA.StartAddress / sector))
            .Take((int)(2 * TestImage.Board.SlotA.SizeBytes / sector)).Sum();
        return (inSlots, counters.ProgrammedBytes, info.JournalSequence);
    }
}
