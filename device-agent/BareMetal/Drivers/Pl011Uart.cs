namespace Twinbank.BareMetal.Drivers;

/// <summary>ARM PL011 (DDI 0183): UART of QEMU's virt board. The baud rate stays as it is.</summary>
public sealed class Pl011Uart : Uart
{
    const uint DataOffset = 0x00;
    const uint FlagOffset = 0x18;
    const uint LineControlOffset = 0x2C;
    const uint ControlOffset = 0x30;
    const uint InterruptMaskOffset = 0x38;

    const uint FlagReceiveEmpty = 1 << 4;
    const uint FlagTransmitFull = 1 << 5;
    const uint LineControlEightBitsFifos = 0x70;
    const uint ControlEnableBoth = 0x301;
    const uint InterruptReceive = (1 << 4) | (1 << 6); // and receive time-out: bytes below the FIFO's trigger level

    readonly RegisterSpace _registers;

    public Pl011Uart(RegisterSpace registers)
    {
        _registers = registers;
        registers.Write32(LineControlOffset, LineControlEightBitsFifos);
        registers.Write32(ControlOffset, ControlEnableBoth);
    }

    public override int ReadByte()
        => (_registers.Read32(FlagOffset) & FlagReceiveEmpty) != 0 ? -1 : (int)(_registers.Read32(DataOffset) & 0xFF);

    public override void WriteByte(byte value)
    {
        while ((_registers.Read32(FlagOffset) & FlagTransmitFull) != 0)
        {
        }

        _registers.Write32(DataOffset, value);
    }

    /// <summary>Raises the interrupt line while received bytes wait; for a processor that sleeps until then.</summary>
    public void SignalReceived() => _registers.Write32(InterruptMaskOffset, InterruptReceive);
}
