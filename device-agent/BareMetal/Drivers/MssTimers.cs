namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// The two 32-bit down counters of SmartFusion2's microcontroller subsystem (UG0331, chapter "System Timer"): the first
/// runs freely and is the clock, the second interrupts periodically.
/// </summary>
public sealed class MssTimers
{
    const uint ValueOffset = 0x00;
    const uint LoadOffset = 0x04;
    const uint ControlOffset = 0x0C;
    const uint RawStatusOffset = 0x10;
    const uint SecondTimer = 0x18;

    const uint ControlEnable = 1;
    const uint ControlInterrupt = 1 << 2;
    const uint StatusAcknowledge = 1;

    readonly RegisterSpace _registers;

    public MssTimers(RegisterSpace registers)
    {
        _registers = registers;
        registers.Write32(LoadOffset, 0xFFFFFFFF);
        registers.Write32(ControlOffset, ControlEnable);
    }

    /// <summary>Ticks since start; wraps after 2^32.</summary>
    public uint Ticks => ~_registers.Read32(ValueOffset);

    /// <summary>Raises the second timer's interrupt line every so many ticks.</summary>
    public void StartInterrupts(uint ticks)
    {
        _registers.Write32(SecondTimer + LoadOffset, ticks - 1);
        _registers.Write32(SecondTimer + ControlOffset, ControlEnable | ControlInterrupt);
    }

    public void AcknowledgeInterrupt() => _registers.Write32(SecondTimer + RawStatusOffset, StatusAcknowledge);
}
