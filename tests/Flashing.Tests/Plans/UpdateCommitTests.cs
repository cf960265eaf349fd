using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Images.Planning;

namespace Twinbank.Flashing.Tests.Plans;

[TestClass]
public sealed class UpdateCommitTests
{
    [TestMethod]
    public async Task Says_the_slot_that_a_folded_image_and_its_overlay_really_go_to()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await FlashBench.FlashAsync(session, TestImage.Build(2).Full);
        var known = new KnownImages();
        known.Add(TestImage.Build(2).Full);
        known.Add(TestImage.Build(3).Full);
        (FlashPlan overlay, _) = await UpdateAsync(session, 3, UpdateStrategy.Overlay, known);
        (FlashPlan folded, FlashOutcome outcome) = await UpdateAsync(
            session, 4, UpdateStrategy.CompactThenOverlay, known);

        Assert.AreEqual((1, 0), (overlay.TargetSlot, folded.TargetSlot));
        Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
        DeviceInfo info = await session.ReadInfoAsync();
        Assert.AreEqual((folded.TargetSlot, 1), (info.ActiveSlot, info.RunningGeneration));
    }

    private static async Task<(FlashPlan Plan, FlashOutcome Outcome)> UpdateAsync(
        DeviceSession session, int version, UpdateStrategy strategy, KnownImages known)
    {
        DeviceSurvey survey = await DeviceSurvey.TakeAsync(session);
        UpdateContainers update = UpdateContainers.Make(TestImage.Build(version).Full, survey.RunningDigest, known);
        var commit = new UpdateCommit(session, update, new FlashOptions());
        return (commit.PlanFor(strategy, survey), await commit.RunAsync(strategy, survey));
    }
}
