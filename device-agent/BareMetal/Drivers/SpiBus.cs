namespace Twinbank.BareMetal.Drivers;

/// <summary>An SPI controller with one chip behind it, whose select it drives for one whole frame at a time.</summary>
public abstract class SpiBus
{
    /// <summary>Longest frame, command included, in bytes.</summary>
    public abstract int FrameBytesMax { get; }

    /// <summary>One frame: a command, then <paramref name="count"/> bytes of data to the chip.</summary>
    public abstract void Send(byte[] command, int commandCount, byte[] data, int offset, int count);

    /// <summary>One frame: a command, then <paramref name="count"/> bytes from the chip.</summary>
    public abstract void Receive(byte[] command, int commandCount, byte[] buffer, int offset, int count);
}
