using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>
/// Every cut in two updates in a row, on every kind of part and for every size of update. When the first one is bad,
/// the second follows its revert.
/// </summary>
[TestClass]
public sealed class SingleCutTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow(nameof(Conduct.Good), true, 2)]
    [DataRow(nameof(Conduct.Good), false, 1)]
    [DataRow(nameof(Conduct.Faults), true, 1)]
    [DataRow(nameof(Conduct.Hangs), false, 1)]
    [DataRow(nameof(Conduct.NeverConfirms), true, 1)]
    public void No_single_cut_breaks_an_invariant(string conduct, bool usesDeltas, int seeds)
    {
        int seedsTried = Campaign.IsFull ? 8 : seeds;
        IEnumerable<SweepWorld> worlds = Campaign.AllWorlds(Enum.Parse<Conduct>(conduct), usesDeltas);
        Campaign.Run(
            TestContext, $"every cut, first update {conduct} by {(usesDeltas ? "delta" : "full container")}",
            report => Parallel.ForEach(
                worlds,
                world => new CutExplorer(world, () => new StoryVariant(), seedsTried, report)
                    .Explore(cutsMax: 1, threads: 1)));
    }
}
