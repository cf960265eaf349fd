namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// The watchdog of Intel's 6300ESB (datasheet 300641, chapter 15): a PCI function, and the one watchdog that QEMU can
/// plug into its virt board (-device i6300esb).
/// </summary>
public sealed class I6300EsbWatchdog
{
    /// <summary>Vendor and device number in the first configuration word.</summary>
    public const uint PciIdentity = 0x25AB8086;

    /// <summary>
    /// Longest time in milliseconds. Two stages of 20 bits each count about milliseconds (33 MHz / 2^15); this leaves
    /// room for the small difference.
    /// </summary>
    public const uint MillisecondsMax = 2_000_000;

    const uint PciCommandOffset = 0x04;
    const uint PciBarOffset = 0x10;
    const uint PciTimerConfigOffset = 0x60;
    const uint PciTimerLockOffset = 0x68;
    const ushort PciCommandMemorySpace = 2;
    const ushort TimerConfigMillisecondsAndReset = 0;
    const byte TimerLockEnable = 2;

    const uint Stage1Offset = 0x00;
    const uint Stage2Offset = 0x04;
    const uint ReloadOffset = 0x0C;
    const ushort ReloadFeed = 1 << 8;
    const ushort ReloadFired = 1 << 9; // write 1 to clear; read: the last reset was ours
    const ushort UnlockFirst = 0x80;
    const ushort UnlockSecond = 0x86;

    readonly RegisterSpace _configuration;
    readonly RegisterSpace _registers;
    readonly bool _fired;

    /// <summary>
    /// <paramref name="configuration"/> is the function's PCI configuration space; its registers are placed at
    /// <paramref name="baseAddress"/>, where <paramref name="registers"/> reaches them.
    /// </summary>
    public I6300EsbWatchdog(RegisterSpace configuration, RegisterSpace registers, uint baseAddress)
    {
        _configuration = configuration;
        _registers = registers;
        configuration.Write32(PciBarOffset, baseAddress);
        configuration.Write16(PciCommandOffset, PciCommandMemorySpace);
        _fired = (registers.Read16(ReloadOffset) & ReloadFired) != 0;
        WriteLocked16(ReloadOffset, ReloadFired);
    }

    /// <summary>True when this watchdog caused the last reset.</summary>
    public bool Fired => _fired;

    /// <summary>Starts it, or gives it another time.</summary>
    public void Arm(uint milliseconds)
    {
        uint half = (milliseconds > MillisecondsMax ? MillisecondsMax : milliseconds) / 2;
        _configuration.Write16(PciTimerConfigOffset, TimerConfigMillisecondsAndReset);
        WriteLocked32(Stage1Offset, half);
        WriteLocked32(Stage2Offset, half);
        Feed();
        _configuration.Write8(PciTimerLockOffset, TimerLockEnable);
    }

    public void Stop() => _configuration.Write8(PciTimerLockOffset, 0);

    public void Feed() => WriteLocked16(ReloadOffset, ReloadFeed);

    // Each write to a register of the timer must be announced.
    void Unlock()
    {
        _registers.Write16(ReloadOffset, UnlockFirst);
        _registers.Write16(ReloadOffset, UnlockSecond);
    }

    void WriteLocked16(uint offset, ushort value)
    {
        Unlock();
        _registers.Write16(offset, value);
    }

    void WriteLocked32(uint offset, uint value)
    {
        Unlock();
        _registers.Write32(offset, value);
    }
}
