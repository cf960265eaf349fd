using System.Diagnostics;

namespace Twinbank.Benchmarks;

/// <summary>Timing on a machine that does other things, too.</summary>
internal static class Stopwatches
{
    /// <summary>
    /// Seconds of the fastest run of each action. The actions take turns, so that a slow phase of the machine hits all
    /// of them; the fastest run is the one that was disturbed least.
    /// </summary>
    public static double[] FastestSeconds(int rounds, params Action[] actions)
    {
        double[] fastest = [.. actions.Select(_ => double.MaxValue)];
        for (int round = 0; round < rounds; round++)
        {
            for (int i = 0; i < actions.Length; i++)
            {
                var clock = Stopwatch.StartNew();
                actions[i]();
                fastest[i] = Math.Min(fastest[i], clock.Elapsed.TotalSeconds);
            }
        }

        return fastest;
    }
}
