using System.Diagnostics;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Sweeps;

/// <summary>How much of everything is tried: enough for every run of the tests, or all of it.</summary>
internal static class Campaign
{
    /// <summary>True when TWINBANK_FULL is 1: scripts/test.sh --full.</summary>
    public static bool IsFull { get; } = Environment.GetEnvironmentVariable("TWINBANK_FULL") == "1";

    /// <summary>Runs a sweep, says what it tried, and fails with the ids of what broke.</summary>
    /// <param name="context">Of the running test.</param>
    /// <param name="what">What was swept, for the printed line.</param>
    /// <param name="sweep">Does it.</param>
    public static void Run(TestContext context, string what, Action<SweepReport> sweep)
    {
        var report = new SweepReport();
        long start = Stopwatch.GetTimestamp();
        sweep(report);
        string line = $"note: power: {what}: {report}, {Stopwatch.GetElapsedTime(start).TotalSeconds:F1} s";
        context.DisplayMessage(MessageLevel.Informational, line);
        string[] lines = [line, .. report.Failures, $"Set {CaseId.Variable} to an id to run it alone."];
        Assert.IsEmpty(report.Failures, string.Join(Environment.NewLine, lines));
    }

    /// <summary>Updates of every size class on every kind of part.</summary>
    public static IEnumerable<SweepWorld> AllWorlds(Conduct conduct, bool usesDeltas)
        => from geometry in SweepGeometry.All
           from sizes in Enum.GetValues<SizeClass>()
           select new SweepWorld(geometry, sizes, SweepGeometry.BlocksMax - 1, conduct, usesDeltas);
}
