using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>
/// All pairs of cuts: the second one anywhere in what the device does after the first, be it boot, recovery, revert,
/// confirmation or the next update. The full campaign adds a third cut to each pair.
/// </summary>
[TestClass]
public sealed class CutPairTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [DataRow("s256-u4", nameof(SizeClass.OneMore), nameof(Conduct.Good), true)]
    [DataRow("s256-u4", nameof(SizeClass.Equal), nameof(Conduct.Faults), false)]
    [DataRow("s512-u8-once", nameof(SizeClass.OneMore), nameof(Conduct.Good), false)]
    [DataRow("s512-u8-once", nameof(SizeClass.OneLess), nameof(Conduct.NeverConfirms), true)]
    [DataRow("s512-u512-once", nameof(SizeClass.EmptySlot), nameof(Conduct.Hangs), false)]
    public void No_pair_of_cuts_breaks_an_invariant(string geometry, string sizes, string conduct, bool usesDeltas)
    {
        var world = new SweepWorld(
            SweepGeometry.All.First(each => each.Name == geometry), Enum.Parse<SizeClass>(sizes), blocks: 3,
            Enum.Parse<Conduct>(conduct), usesDeltas);
        int cuts = Campaign.IsFull ? 3 : 2;
        Campaign.Run(
            TestContext, $"all {(cuts == 2 ? "pairs" : "triples")} of cuts of {world.Name}",
            report => new CutExplorer(world, () => new StoryVariant(), 2, report)
                .Explore(cuts, Environment.ProcessorCount));
    }
}
