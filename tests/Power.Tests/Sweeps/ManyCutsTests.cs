using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>
/// A bad neighbourhood: the power goes again and again, at random moments, before anything is finished.
/// </summary>
[TestClass]
public sealed class ManyCutsTests
{
    const int CutsMax = 20;

    // About the operations of one update, so that a cut comes early, late, or not at all in a life.
    const int OperationsPerUpdate = 40;

    static readonly CutShape[] s_shapes = Enum.GetValues<CutShape>();

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void No_series_of_cuts_breaks_an_invariant()
    {
        int stories = Campaign.IsFull ? 600 : 30;
        IEnumerable<SweepWorld> worlds = Enum.GetValues<Conduct>().SelectMany(
            conduct => Campaign.AllWorlds(conduct, usesDeltas: true));
        Campaign.Run(
            TestContext, $"up to {CutsMax} cuts in a row", report => Parallel.ForEach(
                worlds, world => Live(world, stories, report)));
    }

    static void Live(SweepWorld world, int stories, SweepReport report)
    {
        var device = new StoryDevice(world, new StoryVariant());
        FlashSnapshot factory = world.MakeFactoryState();
        for (int story = 0; story < stories && !report.IsFull; story++)
        {
            IReadOnlyList<PowerCut> cuts = Plan(new SeededRandom((ulong)story));
            IReadOnlyList<Finding> findings = device.Run(factory, cuts);
            report.CountStory();
            report.CountCuts(cuts.Count);
            report.Add(world, "real", cuts, findings);
        }
    }

    static PowerCut[] Plan(SeededRandom random)
    {
        var cuts = new PowerCut[3 + random.Below(CutsMax - 2)];
        for (int index = 0; index < cuts.Length; index++)
        {
            // Squared, so that short lives are frequent: those are the ones in which nothing gets better.
            int operation = random.Below(OperationsPerUpdate) * random.Below(OperationsPerUpdate) / OperationsPerUpdate;
            cuts[index] = new PowerCut(operation, s_shapes[random.Below(s_shapes.Length)], (uint)random.Next());
        }

        return cuts;
    }
}
