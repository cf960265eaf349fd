using System.Globalization;
using Twinbank.Core.Journal;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Simulation.Qemu;

namespace Twinbank.EndToEnd;

/// <summary>
/// Power fails at random moments of updates on emulated processors. Every time the board comes back with the old image
/// or the new one, and in the end the update is there.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class PowerCutTests
{
    const string SeedVariable = "TWINBANK_SEED";
    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)5, 32).ToArray());

    readonly Dictionary<string, int> _parts = [];

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("qemu-virt", "QemuVirt")]
    [DataRow("emcraft-sf2", "EmcraftSf2")]
    [Timeout(400_000, CooperativeCancellation = true)]
    public async Task Comes_back_from_every_power_cut_and_finishes_the_update(string boardId, string folder)
    {
        int cuts = Environment.GetEnvironmentVariable("TWINBANK_FULL") == "1" ? 20 : 10;
        int seed = Environment.GetEnvironmentVariable(SeedVariable) is { } text
            ? int.Parse(text, CultureInfo.InvariantCulture)
            : Environment.TickCount;
        Console.WriteLine($"{SeedVariable}={seed} makes the same cuts again");
        var random = new Random(seed);
        using var bench = new EmulatedBench(boardId, folder, TestContext.CancellationToken);
        TargetImage from = ImageNumber(bench, 0);
        await using (await bench.PowerOnAsync(s_key))
        {
            await bench.FlashAsync(FullContainer.Write(from));
        }

        // One cut in each stretch of the update's life, in any order.
        double[] shares = [.. Enumerable.Range(0, cuts).Select(cut => (cut + random.NextDouble()) / cuts)];
        random.Shuffle(shares);
        int number = 1;
        foreach (double share in shares)
        {
            TargetImage to = ImageNumber(bench, number);
            if (await CutAsync(bench, from, to, new CutMoment(share, random.NextDouble())))
            {
                from = to;
                number++;
            }
        }

        await FinishAsync(bench, ImageNumber(bench, number));
        string parts = string.Join(", ", _parts.OrderBy(part => part.Key).Select(part => $"{part.Value} {part.Key}"));
        Console.WriteLine($"note: {boardId}: {cuts} power cuts in {number} updates, then finished ({parts})");
        Assert.IsGreaterThanOrEqualTo(1, _parts.GetValueOrDefault("upload"), parts);
        Assert.IsGreaterThanOrEqualTo(1, _parts.GetValueOrDefault("trial"), parts);
    }

    /// <summary>
    /// One life of the board, ended by a cut during the update. Gives true when that update was through before it.
    /// </summary>
    async Task<bool> CutAsync(EmulatedBench bench, TargetImage from, TargetImage to, CutMoment moment)
    {
        await using QemuMachine machine = await bench.PowerOnAsync(s_key);
        (DeviceInfo info, SlotImage? running) = await bench.StateAsync();
        Assert.IsFalse(info.IsInRecovery, "an application runs");
        bool isNew = running!.Is(to.ManifestDigest);
        Assert.IsTrue(isNew || running.Is(from.ManifestDigest), $"version {running.Version} runs");
        if (isNew && info.State == JournalState.Confirmed)
        {
            Count("after");
            await machine.CutPowerAsync(TestContext.CancellationToken);
            return true;
        }

        using var stop = new CancellationTokenSource();
        Task<FlashOutcome> update = bench.FlashAsync(FullContainer.Write(to), Insisting(), moment, stop.Token);
        await moment.ComesAsync(update, TestContext.CancellationToken);
        string part = moment.Part;
        await machine.CutPowerAsync(TestContext.CancellationToken);
        await stop.CancelAsync();
        bool isThrough = await EndsAsync(update);
        Count(part);
        return isThrough;
    }

    // Only an update that said so is through; of one that was cut nothing but the cut or its cancellation is expected.
    static async Task<bool> EndsAsync(Task<FlashOutcome> update)
    {
        try
        {
            return (await update).End is FlashEnd.Confirmed or FlashEnd.Unchanged;
        }
        catch (Exception error) when (error is OperationCanceledException
            or Errors.FirmwareException { IsTransient: true })
        {
            return false;
        }
    }

    static async Task FinishAsync(EmulatedBench bench, TargetImage to)
    {
        await using QemuMachine machine = await bench.PowerOnAsync(s_key);
        FlashEnd end = (await bench.FlashAsync(FullContainer.Write(to), Insisting())).End;
        Assert.IsTrue(end is FlashEnd.Confirmed or FlashEnd.Unchanged, $"{end}");
        (DeviceInfo info, SlotImage? running) = await bench.StateAsync();
        Assert.AreEqual(JournalState.Confirmed, info.State);
        Assert.IsTrue(running!.Is(to.ManifestDigest));
    }

    // Cuts use up a trial's boots, and an image whose trial ended that way is not tried again without being told to.
    static FlashOptions Insisting() => new() { RetryFailed = true };

    // The code changes from one to the next in each slot, so that there is always something to write.
    static TargetImage ImageNumber(EmulatedBench bench, int number)
        => bench.Image(s_key, (number + 1) / 2 % 2 == 0 ? "1.0.0" : "1.1.0", $"1.0.{number}");

    void Count(string part) => _parts[part] = _parts.GetValueOrDefault(part) + 1;
}
