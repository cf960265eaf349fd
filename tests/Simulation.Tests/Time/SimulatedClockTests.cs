using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Tests.Time;

[TestClass]
public sealed class SimulatedClockTests
{
    [TestMethod]
    public void Stands_still_until_it_is_moved()
    {
        var clock = new SimulatedClock();
        DateTimeOffset start = clock.GetUtcNow();
        Assert.AreEqual(start, clock.GetUtcNow());
        clock.Advance(TimeSpan.FromSeconds(90));
        Assert.AreEqual(start.AddSeconds(90), clock.GetUtcNow());
        Assert.AreEqual(TimeSpan.FromSeconds(90), clock.GetElapsedTime(0));
        Assert.AreEqual(90_000u, clock.ElapsedMilliseconds);
    }

    [TestMethod]
    public void Fires_timers_in_their_order_at_their_own_time()
    {
        var clock = new SimulatedClock();
        var fired = new List<string>();
        using ITimer late = clock.CreateTimer(_ => Note("late"), null, Seconds(3), Timeout.InfiniteTimeSpan);
        using ITimer often = clock.CreateTimer(_ => Note("often"), null, Seconds(1), Seconds(2));
        clock.Advance(Seconds(5.5));
        CollectionAssert.AreEqual(new[] { "often@1", "late@3", "often@3", "often@5" }, fired);

        void Note(string name) => fired.Add($"{name}@{clock.Elapsed.TotalSeconds}");
    }

    [TestMethod]
    public void A_stopped_timer_does_not_fire()
    {
        var clock = new SimulatedClock();
        int count = 0;
        ITimer timer = clock.CreateTimer(_ => count++, null, Seconds(1), Seconds(1));
        clock.Advance(Seconds(2));
        timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        clock.Advance(Seconds(2));
        timer.Change(Seconds(1), Seconds(1));
        clock.Advance(Seconds(1));
        timer.Dispose();
        clock.Advance(Seconds(9));
        Assert.AreEqual(3, count);
    }

    [TestMethod]
    public void A_callback_may_move_the_clock()
    {
        var clock = new SimulatedClock();
        using ITimer timer = clock.CreateTimer(
            _ => clock.Advance(Seconds(10)), null, Seconds(1), Timeout.InfiniteTimeSpan);
        clock.Advance(Seconds(2));
        Assert.AreEqual(Seconds(11), clock.Elapsed);
    }

    [TestMethod]
    public async Task Serves_delays_of_the_framework()
    {
        var clock = new SimulatedClock();
        Task delay = Task.Delay(Seconds(30), clock);
        clock.Advance(Seconds(29));
        Assert.IsFalse(delay.IsCompleted);
        clock.Advance(Seconds(1));
        await delay;
    }

    [TestMethod]
    public void Does_not_go_back()
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => new SimulatedClock().Advance(Seconds(-1)));

    static TimeSpan Seconds(double seconds) => TimeSpan.FromSeconds(seconds);
}
