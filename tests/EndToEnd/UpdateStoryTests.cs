using Twinbank.Core.Journal;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Simulation.Qemu;

namespace Twinbank.EndToEnd;

/// <summary>Our boot stage and the C sample on emulated processors, updated by the code of <c>fw</c>.</summary>
[TestClass]
[DoNotParallelize]
public sealed class UpdateStoryTests
{
    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)5, 32).ToArray());

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("qemu-virt", "QemuVirt")]
    [DataRow("emcraft-sf2", "EmcraftSf2")]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task Flashes_updates_by_delta_and_rolls_a_faulting_update_back(string boardId, string folder)
    {
        using var bench = new EmulatedBench(boardId, folder, TestContext.CancellationToken);
        TargetImage first = bench.Image(s_key, "1.0.0");
        TargetImage second = bench.Image(s_key, "1.1.0");
        await using (await bench.PowerOnAsync(s_key))
        {
            Assert.AreEqual(FlashEnd.Confirmed, (await bench.FlashAsync(FullContainer.Write(first))).End);
            bench.AssertRanAt(slot: "A");
            FlashOutcome outcome = await bench.FlashAsync(DeltaContainer.Write(first, second, Codecs.Default));
            Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
            Assert.IsLessThan(5_000, outcome.SentBytes);
            bench.AssertRanAt(slot: "B");

            byte[] bad = FullContainer.Write(bench.Image(s_key, "1.2.0-fault"));
            FirmwareException error = await Assert.ThrowsExactlyAsync<FirmwareException>(() => bench.FlashAsync(bad));
            Assert.AreEqual(ErrorCode.ImageReverted, error.Code);
            DeviceInfo info = await bench.InfoAsync();
            Assert.AreEqual(FailureReason.Fault, info.Failure?.Reason);
            Assert.AreEqual(1, info.ActiveSlot);
            Assert.AreEqual(JournalState.Confirmed, info.State);
        }
    }

    /// <summary>
    /// Behind the application's RAM lies the heap of the boot stage on one of them, nothing on the other.
    /// </summary>
    [TestMethod]
    [DataRow("qemu-virt", "QemuVirt")]
    [DataRow("emcraft-sf2", "EmcraftSf2")]
    [Timeout(180_000, CooperativeCancellation = true)]
    public async Task Reverts_an_update_that_writes_into_memory_that_is_not_its_own(string boardId, string folder)
    {
        using var bench = new EmulatedBench(boardId, folder, TestContext.CancellationToken);
        await using (await bench.PowerOnAsync(s_key))
        {
            byte[] good = FullContainer.Write(bench.Image(s_key, "1.0.0"));
            Assert.AreEqual(FlashEnd.Confirmed, (await bench.FlashAsync(good)).End);
            byte[] bad = FullContainer.Write(bench.Image(s_key, "1.2.0-stray-write"));
            FirmwareException error = await Assert.ThrowsExactlyAsync<FirmwareException>(() => bench.FlashAsync(bad));
            Assert.AreEqual(ErrorCode.ImageReverted, error.Code, error.Message);
            DeviceInfo info = await bench.InfoAsync();
            Assert.AreEqual(FailureReason.Fault, info.Failure?.Reason);
            Assert.AreEqual(0, info.ActiveSlot);
            Assert.IsFalse(info.IsInRecovery);
        }
    }

    [TestMethod]
    [Timeout(400_000, CooperativeCancellation = true)]
    public async Task Runs_what_was_installed_however_often_the_slots_change_without_a_power_cycle()
    {
        using var bench = new EmulatedBench("qemu-virt", "QemuVirt", TestContext.CancellationToken);
        await using QemuMachine machine = await bench.PowerOnAsync(s_key);
        (string Release, string Slot, FailureReason Failure)[] updates =
        [
            ("1.0.0", "A", FailureReason.None), ("1.1.0", "B", FailureReason.None),
            ("1.2.0-fault", "A", FailureReason.Fault), ("1.2.0-hang", "A", FailureReason.Watchdog),
            ("1.2.0-never-confirm", "A", FailureReason.Deadline), ("1.0.0", "A", FailureReason.None),
            ("1.2.0-fault", "B", FailureReason.Fault), ("1.1.0", "B", FailureReason.None),
        ];
        foreach ((string release, string slot, FailureReason failure) in updates)
        {
            byte[] container = FullContainer.Write(bench.Image(s_key, release));
            if (failure == FailureReason.None)
            {
                Assert.AreEqual(FlashEnd.Confirmed, (await bench.FlashAsync(container)).End, release);
                bench.AssertRanAt(slot, release);
            }
            else
            {
                FirmwareException error = await Assert.ThrowsExactlyAsync<FirmwareException>(
                    () => bench.FlashAsync(container), release);
                Assert.AreEqual(ErrorCode.ImageReverted, error.Code, error.Message);
                Assert.AreEqual(failure, (await bench.InfoAsync()).Failure?.Reason, release);
            }
        }

        // The button, too: the board comes back with what it had.
        await machine.ResetAsync(TestContext.CancellationToken);
        DeviceInfo info = await bench.InfoAsync();
        Assert.AreEqual(1, info.ActiveSlot);
        Assert.IsFalse(info.IsInRecovery);
    }
}
