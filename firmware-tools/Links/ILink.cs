namespace Twinbank.Links;

/// <summary>
/// A byte stream to a device, in both directions. One reader and one writer may work at the same time, not more.
/// </summary>
/// <remarks>
/// Losing the other side is an exception, never an empty read: <see cref="Twinbank.Errors.ErrorCode.LinkLost"/>.
/// Disposing never hangs and never throws, whatever state the other side is in.
/// </remarks>
public interface ILink : IAsyncDisposable
{
    /// <summary>The link as the user would write it, e.g. <c>serial:/dev/ttyACM0</c>.</summary>
    string Name { get; }

    /// <summary>Waits for bytes and gives how many arrived: at least one for a buffer that is not empty.</summary>
    /// <exception cref="Twinbank.Errors.FirmwareException">LinkLost when the other side is gone.</exception>
    ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default);

    /// <summary>Sends all bytes; done when the operating system has taken them.</summary>
    /// <exception cref="Twinbank.Errors.FirmwareException">LinkLost when the other side is gone.</exception>
    ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation = default);
}
