namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// The SPI controller of SmartFusion2's microcontroller subsystem (UG0331, chapter "SPI"), as master with 8-bit frames.
/// </summary>
/// <remarks>
/// The controller drives the chip select itself: with SPS set it stays low until as many frames went out as were
/// announced. So each flash command is announced with its exact length in bytes, at most 65,535.
/// </remarks>
public sealed class MssSpiBus : SpiBus
{
    const uint ControlOffset = 0x00;
    const uint FrameSizeOffset = 0x04;
    const uint StatusOffset = 0x08;
    const uint ReceiveOffset = 0x10;
    const uint TransmitOffset = 0x14;
    const uint ClockOffset = 0x18;
    const uint SelectOffset = 0x1C;

    const uint ControlEnable = 1;
    const uint ControlMaster = 1 << 1;
    const int ControlFrameCountShift = 8;
    const uint ControlSelectForAllFrames = 1 << 26;
    const uint ControlBigFifo = 1 << 29;
    const uint ControlReset = 1u << 31;
    const uint StatusReceiveEmpty = 1 << 6;

    const uint FrameBits = 8;
    const uint ClockDivider = 7; // APB clock / 16: 4.4 MHz, which every flash part can follow

    // The FIFOs hold 32 frames of 8 bits; half of that in flight never overruns either.
    const int BurstBytes = 16;

    readonly RegisterSpace _registers;

    public MssSpiBus(RegisterSpace registers)
    {
        _registers = registers;
        registers.Write32(ControlOffset, ControlReset);
        registers.Write32(ControlOffset, 0);
        registers.Write32(FrameSizeOffset, FrameBits);
        registers.Write32(ClockOffset, ClockDivider);
    }

    public override int FrameBytesMax => 65535;

    public override void Send(byte[] command, int commandCount, byte[] data, int offset, int count)
    {
        Begin(commandCount + count);
        Put(command, 0, commandCount);
        Put(data, offset, count);
        End();
    }

    public override void Receive(byte[] command, int commandCount, byte[] buffer, int offset, int count)
    {
        Begin(commandCount + count);
        Put(command, 0, commandCount);
        Get(buffer, offset, count);
        End();
    }

    void Begin(int frameBytes)
    {
        uint control = ControlMaster | ControlSelectForAllFrames | ControlBigFifo
            | ((uint)frameBytes << ControlFrameCountShift);
        _registers.Write32(SelectOffset, 0);

        // The number of frames may only change while the controller is disabled.
        _registers.Write32(ControlOffset, control);
        _registers.Write32(ControlOffset, control | ControlEnable);
        _registers.Write32(SelectOffset, 1);
    }

    void End() => _registers.Write32(SelectOffset, 0);

    // For each byte sent one comes back; those are dropped.
    void Put(byte[] data, int offset, int count)
    {
        while (count > 0)
        {
            int burst = count < BurstBytes ? count : BurstBytes;
            for (int i = 0; i < burst; i++)
            {
                _registers.Write32(TransmitOffset, data[offset + i]);
            }

            for (int i = 0; i < burst; i++)
            {
                TakeReceived();
            }

            offset += burst;
            count -= burst;
        }
    }

    void Get(byte[] buffer, int offset, int count)
    {
        while (count > 0)
        {
            int burst = count < BurstBytes ? count : BurstBytes;
            for (int i = 0; i < burst; i++)
            {
                _registers.Write32(TransmitOffset, 0);
            }

            for (int i = 0; i < burst; i++)
            {
                buffer[offset + i] = TakeReceived();
            }

            offset += burst;
            count -= burst;
        }
    }

    byte TakeReceived()
    {
        while ((_registers.Read32(StatusOffset) & StatusReceiveEmpty) != 0)
        {
        }

        return (byte)_registers.Read32(ReceiveOffset);
    }
}
