namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// The UART of SmartFusion2's microcontroller subsystem (UG0331, chapter "MMUART"): a 16550 whose registers are four
/// bytes apart. The baud rate stays as it is.
/// </summary>
public sealed class MssUart : Uart
{
    const uint DataOffset = 0x00;
    const uint InterruptEnableOffset = 0x04;
    const uint FifoControlOffset = 0x08;
    const uint LineControlOffset = 0x0C;
    const uint LineStatusOffset = 0x14;

    const uint FifoEnableAndClear = 7;
    const uint LineEightBits = 3;
    const uint LineStatusReceived = 1;
    const uint LineStatusTransmitRoom = 1 << 5;
    const uint InterruptReceived = 1;

    readonly RegisterSpace _registers;

    public MssUart(RegisterSpace registers)
    {
        _registers = registers;
        registers.Write32(LineControlOffset, LineEightBits);
        registers.Write32(FifoControlOffset, FifoEnableAndClear);
    }

    public override int ReadByte()
        => (_registers.Read32(LineStatusOffset) & LineStatusReceived) == 0
            ? -1
            : (int)(_registers.Read32(DataOffset) & 0xFF);

    public override void WriteByte(byte value)
    {
        while ((_registers.Read32(LineStatusOffset) & LineStatusTransmitRoom) == 0)
        {
        }

        _registers.Write32(DataOffset, value);
    }

    /// <summary>Raises the interrupt line while received bytes wait, or never.</summary>
    public void SignalReceived(bool enabled)
        => _registers.Write32(InterruptEnableOffset, enabled ? InterruptReceived : 0);
}
