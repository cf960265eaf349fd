using Twinbank.Core.Journal;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.EndToEnd;

/// <summary>Overlays on the emulated board with an MMU: beside the image, composed in RAM, mapped by pages.</summary>
[TestClass]
[DoNotParallelize]
public sealed class OverlayStoryTests
{
    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)6, 32).ToArray());

    static readonly FlashOptions s_overlay = new() { Upload = new UploadOptions { IsOverlay = true } };

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(300_000, CooperativeCancellation = true)]
    public async Task Runs_overlays_on_overlays_reverts_resets_and_compacts()
    {
        using var bench = new EmulatedBench("qemu-virt", "QemuVirt", TestContext.CancellationToken);
        TargetImage first = bench.Image(s_key, "1.0.0");
        TargetImage second = bench.Image(s_key, "1.1.0");
        TargetImage third = bench.Image(s_key, "1.0.0", "1.1.1");
        await using (await bench.PowerOnAsync(s_key))
        {
            Assert.AreEqual(FlashEnd.Confirmed, (await bench.FlashAsync(FullContainer.Write(first))).End);
            byte[] before = bench.SlotBytes("A");

            await OverlayAsync(bench, first, second, generation: 1);
            bench.AssertRanAt(slot: "A", "1.1.0");
            await OverlayAsync(bench, second, third, generation: 2);
            bench.AssertRanAt(slot: "A");
            Assert.IsTrue(IsWithoutErase(before, bench.SlotBytes("A")), "nothing of slot A was erased");

            byte[] bad = DeltaContainer.Write(third, bench.Image(s_key, "1.2.0-fault"), Codecs.Default);
            FirmwareException error = await Assert.ThrowsExactlyAsync<FirmwareException>(
                () => bench.FlashAsync(bad, s_overlay));
            Assert.AreEqual(ErrorCode.ImageReverted, error.Code);
            await AssertRunsAsync(bench, slot: 0, generation: 2);

            await bench.ResetToAsync(slot: 0, generation: 1);
            await AssertRunsAsync(bench, slot: 0, generation: 1);
            bench.AssertRanAt(slot: "A", "1.1.0");
        }

        // The power was gone; the overlay is composed again from flash alone.
        await using (await bench.PowerOnAsync(s_key))
        {
            await AssertRunsAsync(bench, slot: 0, generation: 1);
            Assert.AreEqual(FlashEnd.Confirmed, (await bench.CompactAsync(FullContainer.Write(second))).End);
            await AssertRunsAsync(bench, slot: 1, generation: 0);
            bench.AssertRanAt(slot: "B", "1.1.0");
            await OverlayAsync(bench, second, third, generation: 1, slot: 1);
        }
    }

    static async Task OverlayAsync(
        EmulatedBench bench, TargetImage from, TargetImage to, int generation, int slot = 0)
    {
        byte[] delta = DeltaContainer.Write(from, to, Codecs.Default);
        Assert.AreEqual(FlashEnd.Confirmed, (await bench.FlashAsync(delta, s_overlay)).End);
        await AssertRunsAsync(bench, slot, generation);
    }

    static async Task AssertRunsAsync(EmulatedBench bench, int slot, int generation)
    {
        DeviceInfo info = await bench.InfoAsync();
        Assert.AreEqual(JournalState.Confirmed, info.State);
        Assert.AreEqual((slot, generation), (info.ActiveSlot, info.Generation));
        Assert.AreEqual((slot, generation), (info.RunningSlot, info.RunningGeneration));
    }

    static bool IsWithoutErase(byte[] before, byte[] after)
        => before.Zip(after).All(pair => (pair.Second & ~pair.First) == 0);
}
