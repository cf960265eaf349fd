using System.Collections.Concurrent;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>
/// Tries every cut of a story, and every cut of what follows each cut, as deep as asked. One run of a story gives all
/// states that a cut anywhere in it can leave; a state that was lived from before is not lived again, since what a
/// device does depends on its flash alone.
/// </summary>
internal sealed class CutExplorer
{
    readonly SweepWorld _world;
    readonly string _variantName;
    readonly SweepReport _report;
    readonly int _seeds;
    readonly ThreadLocal<StoryDevice> _devices;

    // The number of further cuts with which a state was explored.
    readonly ConcurrentDictionary<UInt128, int> _explored = new();

    /// <param name="world">The story.</param>
    /// <param name="variant">The real code, or a mistake around it.</param>
    /// <param name="seeds">Seeds of each torn shape.</param>
    /// <param name="report">Where results go.</param>
    public CutExplorer(SweepWorld world, Func<StoryVariant> variant, int seeds, SweepReport report)
    {
        _world = world;
        _variantName = variant().Name;
        _seeds = seeds;
        _report = report;
        _devices = new ThreadLocal<StoryDevice>(() => new StoryDevice(world, variant()));
    }

    /// <summary>Explores all paths of at most <paramref name="cutsMax"/> cuts, with several threads if asked.</summary>
    public void Explore(int cutsMax, int threads)
    {
        List<State> first = Live(new State(_world.MakeFactoryState(), null), cutsMax);
        Parallel.ForEach(
            first, new ParallelOptions { MaxDegreeOfParallelism = threads },
            state => Descend(state, cutsMax - 1));
    }

    void Descend(State state, int cutsLeft)
    {
        if (_report.IsFull)
        {
            return;
        }

        foreach (State next in Live(state, cutsLeft))
        {
            Descend(next, cutsLeft - 1);
        }
    }

    // Lives from one state to the end of the story, and gives the states that one more cut on the way would leave.
    List<State> Live(State state, int cutsLeft)
    {
        var next = new List<State>();
        var torn = new List<Finding>();
        int operation = 0;
        StoryDevice device = _devices.Value!;
        IReadOnlyList<Finding> findings = device.Run(state.Flash, [], cutsLeft == 0 ? null : Observe);
        _report.CountStory();
        _report.Add(_world, _variantName, CutPath.ToList(state.Path), [.. findings, .. torn]);
        return next;

        void Observe(PendingOperation pending)
        {
            var journal = JournalCommit.Of(pending, device.InForce);
            foreach (PowerCut cut in CutShapes.Of(pending.Operation, _world.Part, operation, _seeds))
            {
                FlashSnapshot left = pending.AfterCut(cut.Shape, cut.Seed);
                _report.CountCuts(1);
                if (!journal.Allows(JournalView.Read(_world.Geometry, left.Contents.Span)))
                {
                    torn.Add(new Finding(Invariant.I1AlwaysBoots, $"cut {cut} leaves neither {journal} in force"));
                }

                if (IsNew(left, cutsLeft - 1))
                {
                    next.Add(new State(left, new CutPath(state.Path, cut)));
                }
            }

            operation++;
        }
    }

    bool IsNew(FlashSnapshot state, int cutsLeft)
    {
        UInt128 fingerprint = state.Fingerprint();
        bool isNew = true;
        _explored.AddOrUpdate(
            fingerprint, cutsLeft,
            (_, known) =>
            {
                isNew = known < cutsLeft;
                return Math.Max(known, cutsLeft);
            });
        return isNew;
    }

    readonly record struct State(FlashSnapshot Flash, CutPath? Path);
}
