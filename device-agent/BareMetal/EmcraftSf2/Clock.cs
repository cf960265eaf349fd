using Twinbank.BareMetal.Drivers;

namespace Twinbank.BareMetal.EmcraftSf2;

/// <summary>Milliseconds from a counter that wraps each minute, and a watchdog made of its interrupt.</summary>
sealed class Clock
{
    /// <summary>QEMU's timers count 100 MHz. On a real board they count the APB clock that its design sets.</summary>
    const uint TicksPerMillisecond = 100_000;

    /// <summary>Between two interrupts: fine enough for a watchdog, far more often than the counter wraps.</summary>
    const uint InterruptMilliseconds = 100;

    readonly MssTimers _timers;
    uint _lastTicks;
    uint _restTicks;
    uint _milliseconds;
    bool _isArmed;
    uint _limitMilliseconds;
    uint _fedMilliseconds;

    internal Clock(MssTimers timers)
    {
        _timers = timers;
        _lastTicks = timers.Ticks;
        timers.StartInterrupts(TicksPerMillisecond * InterruptMilliseconds);
    }

    /// <summary>Since reset. Called at least once a minute, which the interrupt sees to.</summary>
    internal uint Milliseconds
    {
        get
        {
            // The interrupt comes here, too.
            uint mask = Cpu.MaskInterrupts();
            uint ticks = _timers.Ticks;
            uint passed = ticks - _lastTicks + _restTicks;
            uint milliseconds = passed / TicksPerMillisecond;
            _lastTicks = ticks;
            _restTicks = passed - milliseconds * TicksPerMillisecond;
            _milliseconds += milliseconds;
            uint result = _milliseconds;
            Cpu.UnmaskInterrupts(mask);
            return result;
        }
    }

    internal void Arm(uint milliseconds)
    {
        _isArmed = false;
        _limitMilliseconds = milliseconds;
        _fedMilliseconds = Milliseconds;
        _isArmed = milliseconds != 0;
    }

    internal void Feed() => _fedMilliseconds = Milliseconds;

    /// <summary>Takes the interrupt. True when the watchdog's time is over.</summary>
    internal bool TakeInterrupt()
    {
        _timers.AcknowledgeInterrupt();
        uint now = Milliseconds;
        return _isArmed && now - _fedMilliseconds >= _limitMilliseconds;
    }
}
