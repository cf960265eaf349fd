using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Sweeps;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>A sweep that finds nothing proves little until it has found what is known to be wrong.</summary>
[TestClass]
public sealed class KnownBadTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("erases-both-halves", nameof(Invariant.I1AlwaysBoots))]
    [DataRow("erases-the-confirmed-slot", nameof(Invariant.I2ConfirmedUntouched))]
    [DataRow("gives-up-the-previous-too-late", nameof(Invariant.I2ConfirmedUntouched))]
    [DataRow("verifies-only-the-start", nameof(Invariant.I3OnlyVerifiedRuns))]
    [DataRow("counts-the-attempt-after-the-jump", nameof(Invariant.I4TrialsEnd))]
    [DataRow("starts-over-after-a-cut", nameof(Invariant.I5Resumes))]
    [DataRow("writes-into-golden", nameof(Invariant.I6GoldenUntouched))]
    [DataRow("erases-the-next-sector-too", nameof(Invariant.I7StaysInside))]
    [DataRow("reuses-torn-places", nameof(Invariant.I7StaysInside))]
    [DataRow("skips-erases-that-look-done", nameof(Invariant.I7StaysInside))]
    [DataRow("lets-the-journal-fill-up", nameof(Invariant.I8NextUpdateToo))]
    public void The_sweep_catches(string mutant, string invariant)
    {
        var report = new SweepReport();
        foreach (string geometry in new[] { "s256-u1", "s512-u8-once" })
        {
            var world = new SweepWorld(
                SweepGeometry.All.First(each => each.Name == geometry), SizeClass.Equal, blocks: 3, Conduct.Good,
                usesDeltas: false);
            new CutExplorer(world, () => MutantCatalog.Create(mutant, world), 2, report).Explore(1, threads: 1);
        }

        TestContext.DisplayMessage(MessageLevel.Informational, $"known-bad {mutant}: {report}");
        Assert.IsTrue(
            report.Broken.ContainsKey(Enum.Parse<Invariant>(invariant)),
            $"{mutant} was not caught by {invariant}: {string.Join(Environment.NewLine, report.Failures)}");
    }
}
