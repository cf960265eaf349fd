using Twinbank.Power.Tests.Sweeps;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Promotion;

/// <summary>
/// Every cut while golden is overwritten, and every cut of what follows, on every kind of part: the device runs as
/// before, and golden is never half an image that passes for one.
/// </summary>
[TestClass]
public sealed class PromotionSweepTests
{
    public TestContext TestContext { get; set; } = null!;

    public static IEnumerable<object[]> EveryPart
        => from geometry in SweepGeometry.All
           from previousIsGolden in new[] { false, true }
           select new object[] { geometry.Name, previousIsGolden };

    [TestMethod, DynamicData(nameof(EveryPart))]
    public void No_pair_of_cuts_leaves_half_a_golden_image(string geometry, bool previousIsGolden)
    {
        (List<string> findings, long cuts) = Sweep(
            geometry, previousIsGolden, () => new RealPromotion(), previousIsGolden && !Campaign.IsFull ? 1 : 2);
        string from = previousIsGolden ? "with golden as the previous image" : "over another golden image";
        TestContext.DisplayMessage(
            MessageLevel.Informational, $"note: power: promotion on {geometry} {from}: {cuts} cuts");
        Assert.IsEmpty(findings, string.Join(Environment.NewLine, findings.Take(5)));
        Assert.IsGreaterThan(50L, cuts);
    }

    [TestMethod]
    [DataRow("copies-the-head-first", "golden has a head and not all of its image")]
    [DataRow("keeps-the-old-head", "golden has a head and not all of its image")]
    [DataRow("erases-what-runs", "is neither in golden nor in the journal")]
    public void The_sweep_catches(string mutant, string finding)
    {
        Func<PromotionWay> way = mutant switch
        {
            "copies-the-head-first" => () => new CopiesTheHeadFirst(),
            "keeps-the-old-head" => () => new KeepsTheOldHead(),
            _ => () => new ErasesWhatRuns(),
        };
        (List<string> findings, _) = Sweep("s256-u4", false, way, cutsMax: 1);
        Assert.IsTrue(
            findings.Any(text => text.Contains(finding, StringComparison.Ordinal)),
            $"{mutant} was not caught: {string.Join(Environment.NewLine, findings.Take(5))}");
    }

    private static (List<string> Findings, long Cuts) Sweep(
        string geometry, bool previousIsGolden, Func<PromotionWay> way, int cutsMax)
    {
        var world = new SweepWorld(
            SweepGeometry.All.First(each => each.Name == geometry), SizeClass.EmptySlot, blocks: 3, Conduct.Good,
            usesDeltas: false);
        var device = new PromotionDevice(world, way());
        var findings = new List<string>();
        var explored = new Dictionary<UInt128, int>();
        long cuts = 0;
        Descend(device.MakeStart(previousIsGolden), cutsMax, "");
        return (findings, cuts);

        void Descend(FlashSnapshot state, int cutsLeft, string path)
        {
            var next = new List<(FlashSnapshot State, string Path)>();
            int operation = 0;
            IReadOnlyList<string> found = device.Run(state, cutsLeft == 0 ? null : Observe);
            findings.AddRange(found.Select(text => $"{geometry}{path}: {text}"));
            foreach ((FlashSnapshot left, string way) in next)
            {
                Descend(left, cutsLeft - 1, way);
            }

            void Observe(PendingOperation pending)
            {
                foreach (PowerCut cut in CutShapes.Of(pending.Operation, world.Part, operation, seeds: 1))
                {
                    cuts++;
                    FlashSnapshot left = pending.AfterCut(cut.Shape, cut.Seed);
                    UInt128 fingerprint = left.Fingerprint();
                    if (!explored.TryGetValue(fingerprint, out int depth) || depth < cutsLeft)
                    {
                        explored[fingerprint] = cutsLeft;
                        next.Add((left, $"{path}+{cut}"));
                    }
                }

                operation++;
            }
        }
    }
}
