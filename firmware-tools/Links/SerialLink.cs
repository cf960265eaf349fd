using System.IO.Ports;
using Twinbank.Errors;

namespace Twinbank.Links;

/// <summary>A serial port: a UART, USB CDC, a pseudo terminal. Held by one program at a time.</summary>
internal sealed class SerialLink : ILink
{
    // SerialPort.Close waits for ever when the other side of a pseudo terminal died (measured with QEMU and socat).
    private static readonly TimeSpan s_closeTimeout = TimeSpan.FromSeconds(2);

    private readonly SerialPort _port;
    private readonly Stream _stream;
    private readonly TtyGuard? _guard;
    private readonly CancellationToken _lost;

    private SerialLink(string name, SerialPort port, TtyGuard? guard)
    {
        Name = name;
        _port = port;
        _stream = port.BaseStream;
        _guard = guard;
        _lost = guard?.Lost ?? CancellationToken.None;
    }

    public string Name { get; }

    public static ILink Open(LinkAddress address)
    {
        string name = address.ToString();
        TtyGuard? guard = OperatingSystem.IsLinux() ? TtyGuard.Lock(name, address.Target) : null;
        var port = new SerialPort(address.Target, address.BaudRate);
        try
        {
            // Left alone unless asked for: pseudo terminals refuse both, and boards reset on them.
            if (address.RaiseDtr)
            {
                port.DtrEnable = true;
            }

            if (address.RaiseRts)
            {
                port.RtsEnable = true;
            }

            port.Open();
            return new SerialLink(name, port, guard);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            guard?.Dispose();
            port.Dispose();
            throw Explain(address, exception, wasLocked: guard is not null);
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _lost);
        try
        {
            int count = 0;
            while (count == 0 && buffer.Length > 0)
            {
                count = await _stream.ReadAsync(buffer, either.Token).ConfigureAwait(false);
            }

            return count;
        }
        catch (Exception exception) when (IsLoss(exception, cancellation))
        {
            throw LinkErrors.Lost(Name, exception);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _lost);
        try
        {
            await _stream.WriteAsync(data, either.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (IsLoss(exception, cancellation))
        {
            throw LinkErrors.Lost(Name, exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        var close = new Thread(ClosePort) { IsBackground = true, Name = "close of " + Name };
        var closed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        close.Start(closed);
        await Task.WhenAny(closed.Task, Task.Delay(s_closeTimeout)).ConfigureAwait(false);
        _guard?.Dispose();
    }

    private void ClosePort(object? closed)
    {
        try
        {
            _port.Close();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException
            or InvalidOperationException)
        {
            // The device is gone; there is nothing left to close.
        }
        finally
        {
            ((TaskCompletionSource)closed!).TrySetResult();
        }
    }

    private static bool IsLoss(Exception exception, CancellationToken cancellation)
        => exception is IOException or ObjectDisposedException or InvalidOperationException
            or UnauthorizedAccessException
            || (exception is OperationCanceledException && !cancellation.IsCancellationRequested);

    private static FirmwareException Explain(LinkAddress address, Exception exception, bool wasLocked)
        => exception switch
    {
        // The guard could open and lock it, so permission is not what is missing.
        UnauthorizedAccessException when wasLocked
            => LinkErrors.Failed(address.ToString(), "it is not a serial port", exception),
        UnauthorizedAccessException when !File.Exists(address.Target)
            => new FirmwareException(ErrorCode.PortNotFound, exception, ("link", address)),
        UnauthorizedAccessException => new FirmwareException(ErrorCode.PortDenied, exception, ("link", address)),
        FileNotFoundException => new FirmwareException(ErrorCode.PortNotFound, exception, ("link", address)),
        _ => LinkErrors.Failed(address.ToString(), exception.Message.TrimEnd('.'), exception),
    };
}
