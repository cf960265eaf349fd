namespace Twinbank.Simulation.Time;

/// <summary>
/// A clock that stands still until it is told to move on. Timers that fall due fire in their order, on the thread that
/// moves the clock, each at its own time. Safe for several threads; a timer may start or stop timers.
/// </summary>
public sealed class SimulatedClock : TimeProvider
{
    readonly Lock _lock = new();
    readonly List<SimulatedTimer> _timers = [];
    readonly DateTimeOffset _start;
    TimeSpan _elapsed;

    /// <summary>A clock that starts at 2026-01-01 00:00 UTC.</summary>
    public SimulatedClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero))
    {
    }

    /// <summary>A clock that starts at the given time.</summary>
    public SimulatedClock(DateTimeOffset start) => _start = start;

    /// <summary>Time since the clock was made.</summary>
    public TimeSpan Elapsed
    {
        get
        {
            lock (_lock)
            {
                return _elapsed;
            }
        }
    }

    /// <summary>Milliseconds since the clock was made, wrapping as a 32-bit counter of a device does.</summary>
    public uint ElapsedMilliseconds => unchecked((uint)(Elapsed.Ticks / TimeSpan.TicksPerMillisecond));

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => _start + Elapsed;

    public override long GetTimestamp() => Elapsed.Ticks;

    /// <summary>Moves on by the given time and fires what falls due on the way.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The time is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        TimeSpan end = Elapsed + time;
        while (TakeDueTimer(end) is { } timer)
        {
            timer.Fire();
        }

        lock (_lock)
        {
            // A callback may itself have moved the clock further.
            _elapsed = _elapsed > end ? _elapsed : end;
        }
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new SimulatedTimer(this, callback, state);
        timer.Change(dueTime, period);
        return timer;
    }

    internal void Schedule(SimulatedTimer timer, TimeSpan dueTime, TimeSpan period)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
            timer.Period = period;
            if (dueTime != Timeout.InfiniteTimeSpan)
            {
                timer.DueAt = _elapsed + dueTime;
                _timers.Add(timer);
            }
        }
    }

    internal void Remove(SimulatedTimer timer)
    {
        lock (_lock)
        {
            _timers.Remove(timer);
        }
    }

    SimulatedTimer? TakeDueTimer(TimeSpan end)
    {
        lock (_lock)
        {
            SimulatedTimer? next = _timers.Count == 0 ? null : _timers.MinBy(timer => timer.DueAt);
            if (next is null || next.DueAt > end)
            {
                return null;
            }

            _elapsed = next.DueAt > _elapsed ? next.DueAt : _elapsed;
            _timers.Remove(next);
            if (next.Period > TimeSpan.Zero)
            {
                next.DueAt += next.Period;
                _timers.Add(next);
            }

            return next;
        }
    }
}
