using System.Collections.Concurrent;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Power;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>What a sweep tried and what it found. Safe for several threads.</summary>
internal sealed class SweepReport
{
    // One finding is enough to fail; some more help to see the pattern.
    const int FindingsMax = 10;

    readonly ConcurrentQueue<string> _failures = new();
    readonly ConcurrentDictionary<Invariant, int> _broken = new();
    long _cutsTried;
    long _storiesRun;

    /// <summary>Ways of losing power that were looked at, equal outcomes included.</summary>
    public long CutsTried => Interlocked.Read(ref _cutsTried);

    /// <summary>Stories that were lived to their end: one per different state after a cut.</summary>
    public long StoriesRun => Interlocked.Read(ref _storiesRun);

    /// <summary>Ids and findings, at most ten.</summary>
    public IReadOnlyCollection<string> Failures => _failures;

    /// <summary>Broken invariants and how often.</summary>
    public IReadOnlyDictionary<Invariant, int> Broken => _broken;

    /// <summary>True when there is no point in going on.</summary>
    public bool IsFull => _failures.Count >= FindingsMax;

    public void CountCuts(int count) => Interlocked.Add(ref _cutsTried, count);

    public void CountStory() => Interlocked.Increment(ref _storiesRun);

    public void Add(SweepWorld world, string variant, IReadOnlyList<PowerCut> cuts, IReadOnlyList<Finding> findings)
    {
        foreach (Finding finding in findings)
        {
            _broken.AddOrUpdate(finding.Invariant, 1, (_, count) => count + 1);
        }

        if (findings.Count > 0 && !IsFull)
        {
            string id = CaseId.Write(world, variant, cuts);
            _failures.Enqueue($"{id}{Environment.NewLine}  {string.Join(Environment.NewLine + "  ", findings)}");
        }
    }

    public override string ToString()
        => $"{CutsTried:N0} cuts tried, {StoriesRun:N0} different states lived to their end, "
            + $"{Broken.Values.Sum():N0} invariants broken";
}
