using System.Collections.Concurrent;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Overlays;
using Twinbank.Core.Slots;
using Twinbank.Power.Tests.Mutants;
using Twinbank.Power.Tests.Sweeps;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Overlays;

/// <summary>
/// Every cut of the story of overlays on every kind of part: whatever is torn, the device runs a version that was
/// confirmed and reaches the end. Recipes are decoded for real.
/// </summary>
[TestClass]
public sealed class OverlaySweepTests
{
    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> Geometries
        => OverlayWorld.Geometries.Select(each => new object[] { each.Name });

    [TestMethod]
    [DynamicData(nameof(Geometries))]
    public void No_cut_of_overlays_compaction_and_sync_breaks_a_promise(string geometry)
        => Sweep(geometry, cutsMax: 1, stride: 1, null);

    [TestMethod]
    public void No_pair_of_cuts_does_either()
        => Sweep("overlay-s512-u512-once", cutsMax: 2, stride: Campaign.IsFull ? 1 : 13, null);

    [TestMethod]
    [DataRow("overlay-s256-u4")]
    [DataRow("overlay-s512-u8-once")]
    public void The_sweep_catches_a_log_that_is_taken_for_erased(string geometry)
        => Assert.IsNotEmpty(Explore(geometry, 1, 1, (world, flash) => new ForgetsOverlays(world, flash)));

    [TestMethod]
    [DataRow("overlay-s256-u4")]
    [DataRow("overlay-s512-u8-once")]
    public void The_sweep_catches_a_seal_that_is_not_deserved(string geometry)
        => Assert.IsNotEmpty(Explore(geometry, 1, 1, (world, flash) => new SealsEverything(world, flash)));

    void Sweep(
        string geometry, int cutsMax, int stride, Func<OverlayWorld, StrictNorFlash, FlashDevice>? wrap)
    {
        IReadOnlyCollection<string> failures = Explore(geometry, cutsMax, stride, wrap);
        Assert.IsEmpty(failures, string.Join(Environment.NewLine, failures.Take(20)));
    }

    IReadOnlyCollection<string> Explore(
        string geometry, int cutsMax, int stride, Func<OverlayWorld, StrictNorFlash, FlashDevice>? wrap)
    {
        var world = new OverlayWorld(OverlayWorld.Geometries.First(each => each.Name == geometry));
        var devices = new ThreadLocal<OverlayDevice>(() => new OverlayDevice(world, wrap));
        var failures = new ConcurrentBag<string>();
        var seen = new ConcurrentDictionary<UInt128, bool>();
        List<(FlashSnapshot State, string Path)> states = [(world.MakeFactoryState(), "")];
        int tried = 0;
        for (int depth = 0; depth <= cutsMax && failures.Count < 50; depth++)
        {
            var next = new ConcurrentBag<(FlashSnapshot, string)>();
            int left = cutsMax - depth;
            Parallel.ForEach(
                states, new ParallelOptions { MaxDegreeOfParallelism = Environment.ProcessorCount },
                state => Live(devices.Value!, world, state, left == 0 ? null : next, seen, failures));
            tried += states.Count;
            states = [.. next.OrderBy(each => each.Item2, StringComparer.Ordinal).Where((_, i) => i % stride == 0)];
        }

        TestContext.DisplayMessage(
            MessageLevel.Informational,
            $"note: power: overlays on {geometry}, {cutsMax} cuts: {tried:N0} states lived to their end, "
                + $"{failures.Count} broken promises");
        return failures;
    }

    static void Live(
        OverlayDevice device, OverlayWorld world, (FlashSnapshot State, string Path) start,
        ConcurrentBag<(FlashSnapshot, string)>? next, ConcurrentDictionary<UInt128, bool> seen,
        ConcurrentBag<string> failures)
    {
        int operation = 0;
        IReadOnlyList<string> findings = device.Run(start.State, next is null ? null : Observe);
        foreach (string finding in findings)
        {
            failures.Add($"{world.Geometry.Name}#{start.Path}: {finding}");
        }

        if (start.Path.Length == 0 && findings.Count == 0)
        {
            Assert.AreEqual(3, device.OverlayCount, "the story without a cut has three overlays");
        }

        void Observe(PendingOperation pending)
        {
            foreach (PowerCut cut in CutShapes.Of(pending.Operation, world.Part, operation, seeds: 2))
            {
                FlashSnapshot left = pending.AfterCut(cut.Shape, cut.Seed);
                if (seen.TryAdd(left.Fingerprint(), true))
                {
                    next!.Add((left, start.Path.Length == 0 ? $"{cut}" : $"{start.Path}+{cut}"));
                }
            }

            operation++;
        }
    }

    /// <summary>Known bad: never looks whether the place of a new overlay is erased.</summary>
    sealed class ForgetsOverlays(OverlayWorld world, FlashDevice inner) : FlashDecorator(inner)
    {
        public override Status Read(uint address, byte[] buffer, int offset, int count)
        {
            Status status = base.Read(address, buffer, offset, count);
            uint within = address - world.Geometry.SlotAddress(0) - world.Geometry.HeaderBytes;
            bool isLog = within < world.Geometry.SlotBytes
                && within % world.Geometry.BlockBytes >= world.Geometry.DataBytes;
            bool isHead = count == OverlayHead.HalfBytes || count == 64;
            if (isLog && isHead)
            {
                buffer.AsSpan(offset, count).Fill(StrictNorFlash.ErasedByte);
            }

            return status;
        }
    }

    /// <summary>Known bad: takes every slot for one whose erases were all complete.</summary>
    sealed class SealsEverything(OverlayWorld world, FlashDevice inner) : FlashDecorator(inner)
    {
        public override Status Read(uint address, byte[] buffer, int offset, int count)
        {
            Status status = base.Read(address, buffer, offset, count);
            for (int slot = 0; slot < 2; slot++)
            {
                uint place = world.Geometry.SlotAddress(slot) + world.Geometry.HeaderBytes
                    - SlotSeal.PlaceBytes(world.Geometry.UnitBytes);
                if (address == place && count == SlotSeal.SizeBytes)
                {
                    byte[] head = new byte[4];
                    base.Read(world.Geometry.SlotAddress(slot) + 60, head, 0, head.Length);
                    SlotSeal.Write(LittleEndian.ReadU32(head, 0), buffer, offset);
                    return Status.Ok;
                }
            }

            return status;
        }
    }
}
