using System.Diagnostics;

namespace Twinbank.Links.Tests;

/// <summary>Waits for what another process does; the only place of these tests that looks at a real clock.</summary>
internal static class Wait
{
    public static async Task UntilAsync(Func<bool> condition, string what)
    {
        var clock = Stopwatch.StartNew();
        while (!condition())
        {
            Assert.IsLessThan(20.0, clock.Elapsed.TotalSeconds, "Waited too long until " + what);
            await Task.Delay(TimeSpan.FromMilliseconds(10), TimeProvider.System);
        }
    }
}
