namespace Twinbank.Flashing.Tests.Bench;

/// <summary>A clock that runs many times as fast as the real one, for devices that wait for seconds.</summary>
internal sealed class FastClock(int factor) : TimeProvider
{
    public override long TimestampFrequency => System.TimestampFrequency;

    public override long GetTimestamp() => System.GetTimestamp() * factor;

    public override DateTimeOffset GetUtcNow() => System.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
        => System.CreateTimer(callback, state, dueTime / factor, period / factor);
}
