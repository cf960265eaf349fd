using Twinbank.Flashing.Backups;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Images.Planning;

namespace Twinbank.Flashing.Tests.Plans;

[TestClass]
public sealed class BackupNeedTests
{
    [TestMethod]
    public async Task Sees_the_only_copy_that_each_strategy_gives_up()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await FlashBench.FlashAsync(session, TestImage.Build(2).Full);
        DeviceSurvey survey = await DeviceSurvey.TakeAsync(session);
        var known = new KnownImages();
        byte[] third = TestImage.Build(3).Target.ManifestDigest;
        foreach (UpdateStrategy strategy in Enum.GetValues<UpdateStrategy>())
        {
            BackupNeed need = BackupNeed.Of(survey, strategy, third, known);
            Assert.AreEqual(strategy != UpdateStrategy.Overlay, need.IsOnlyCopy, strategy.ToString());
            Assert.AreEqual(strategy == UpdateStrategy.Overlay ? null : "1.0.0", need.Lost?.Version);
        }

        // Installed again, the image in the other slot stays what it is; the running one folded into it replaces it.
        byte[] first = bench.First.Target.ManifestDigest;
        Assert.IsNull(BackupNeed.Of(survey, UpdateStrategy.Sync, first, known).Lost);
        Assert.IsTrue(BackupNeed.Of(survey, UpdateStrategy.CompactThenOverlay, first, known).IsOnlyCopy);
        known.Add(bench.First.Full);
        Assert.IsNotNull(BackupNeed.Of(survey, UpdateStrategy.CompactThenOverlay, third, known).SafeIn);
    }
}
