using System.Globalization;
using Twinbank.Flashing.Plans;
using Twinbank.Images;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Layout.Reports;
using Twinbank.Testing;

namespace Twinbank.EndToEnd;

/// <summary>
/// Releases that were linked in the places of their predecessors run, one after the other, under a boot stage that
/// verifies them: every release from both slots. A few releases by default, all of them with TWINBANK_FULL=1.
/// </summary>
[TestClass]
[DoNotParallelize]
public sealed class StableLayoutTests
{
    /// <summary>The first, one that grew, one that left an entry of the pointer table, one with more initial values.
    /// </summary>
    static readonly int[] s_shortForm = [0, 1, 7, 9];

    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)5, 32).ToArray());

    static bool IsFull => Environment.GetEnvironmentVariable("TWINBANK_FULL") == "1";

    public required TestContext TestContext { get; init; }

    [TestMethod]
    [DataRow("qemu-virt", "QemuVirt")]
    [DataRow("emcraft-sf2", "EmcraftSf2")]
    [Timeout(900_000, CooperativeCancellation = true)]
    public async Task Runs_each_release_of_a_chain_from_both_slots(string boardId, string bootFolder)
    {
        if (!SampleChain.IsCompilerThere)
        {
            Assert.Inconclusive("arm-none-eabi-gcc is not installed.");
        }

        string folder = Directory.CreateTempSubdirectory("fw-chain-").FullName;
        try
        {
            SampleLink[] chain = [.. new SampleChain(boardId, folder).Build(IsFull ? [] : s_shortForm)];
            foreach (SampleLink link in chain)
            {
                LayoutCheck.Verify(link.Finished, link.Record);
            }

            // Slots alternate, so a second board that starts one release later has every release in the other slot.
            long sent = await RunAsync(boardId, bootFolder, chain);
            await RunAsync(boardId, bootFolder, chain[1..]);
            await RunAsync(boardId, bootFolder, [chain[^1], chain[0]]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"note: {boardId}: {chain.Length} releases in a stable layout ran from both slots; "
                + $"{chain.Length - 1} updates sent {sent:N0} bytes"));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>Installs the releases one after the other, each over the one before; gives the bytes sent.</summary>
    async Task<long> RunAsync(string boardId, string bootFolder, SampleLink[] releases)
    {
        using var bench = new EmulatedBench(boardId, bootFolder, TestContext.CancellationToken);
        TargetImage? running = null;
        long sent = 0;
        await using (await bench.PowerOnAsync(s_key))
        {
            for (int i = 0; i < releases.Length; i++)
            {
                TargetImage image = bench.ImageOf(s_key, releases[i].StableElf, releases[i].Version);
                byte[] container = running is null
                    ? FullContainer.Write(image)
                    : DeltaContainer.Write(running, image, Codecs.Default);
                FlashOutcome outcome = await bench.FlashAsync(container);
                Assert.AreEqual(FlashEnd.Confirmed, outcome.End, releases[i].What);
                bench.AssertRanAt(slot: i % 2 == 0 ? "A" : "B");
                sent += running is null ? 0 : outcome.SentBytes;
                running = image;
            }
        }

        return sent;
    }
}
