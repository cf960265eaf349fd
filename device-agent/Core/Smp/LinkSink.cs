namespace Twinbank.Core.Smp;

/// <summary>Where an endpoint's frames go: a UART, a USB pipe, a socket.</summary>
public abstract class LinkSink
{
    /// <summary>Sends all bytes, waiting as long as the link needs. At most 127 bytes a call.</summary>
    public abstract void Write(byte[] data, int offset, int count);
}
