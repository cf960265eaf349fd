namespace Twinbank.BareMetal.Drivers;

/// <summary>A polled serial port.</summary>
public abstract class Uart
{
    /// <summary>The next received byte, or -1 when none waits.</summary>
    public abstract int ReadByte();

    /// <summary>Sends one byte; waits for room in the transmit buffer.</summary>
    public abstract void WriteByte(byte value);
}
