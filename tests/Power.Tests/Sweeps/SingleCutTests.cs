using System.Diagnostics;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>Every cut in two updates in a row, on every kind of part and for every size of update.</summary>
[TestClass]
public sealed class SingleCutTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void No_single_cut_breaks_an_invariant()
    {
        var report = new SweepReport();
        var clock = Stopwatch.StartNew();
        Parallel.ForEach(Worlds(), world => new CutExplorer(world, new StoryVariant(), 2, report).Explore(1, threads: 1));
        Console.WriteLine($"{report} in {clock.Elapsed.TotalSeconds:F1} s");
        Assert.IsEmpty(report.Failures, string.Join(Environment.NewLine, report.Failures));
    }

    static IEnumerable<SweepWorld> Worlds()
    {
        foreach (SweepGeometry geometry in SweepGeometry.All)
        {
            foreach (SizeClass sizes in Enum.GetValues<SizeClass>())
            {
                yield return new SweepWorld(geometry, sizes, SweepGeometry.BlocksMax - 1, isFaulty: false, usesDeltas: true);
            }
        }
    }
}
