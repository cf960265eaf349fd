namespace Twinbank.Simulation.Boards;

/// <summary>The board's end of its serial line.</summary>
public abstract class BoardConsole
{
    /// <summary>The next byte that has arrived, or -1.</summary>
    public abstract int ReadByte();

    /// <summary>Sends the bytes; what nobody listens to is lost, as on a wire.</summary>
    public abstract void Write(ReadOnlySpan<byte> data);

    /// <summary>Returns when a byte has arrived, or after the time.</summary>
    public abstract void WaitForByte(TimeSpan time);
}
