using System.Net;
using System.Net.Sockets;
using Twinbank.Errors;

namespace Twinbank.Links;

/// <summary>A TCP or Unix domain socket: a simulator, QEMU's serial port, a serial server.</summary>
internal sealed class SocketLink : ILink
{
    private static readonly TimeSpan s_connectTimeout = TimeSpan.FromSeconds(10);

    private readonly Socket _socket;

    private SocketLink(string name, Socket socket)
    {
        Name = name;
        _socket = socket;
    }

    public string Name { get; }

    public static async Task<ILink> ConnectAsync(LinkAddress address, CancellationToken cancellation)
    {
        Socket socket = address.Kind == LinkKind.Unix
            ? new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified)
            : new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(s_connectTimeout);
        try
        {
            EndPoint target = address.Kind == LinkKind.Unix
                ? new UnixDomainSocketEndPoint(address.Target)
                : new DnsEndPoint(address.Target, address.Port);
            await socket.ConnectAsync(target, timeout.Token).ConfigureAwait(false);
            return new SocketLink(address.ToString(), socket);
        }
        catch (Exception exception)
        {
            socket.Dispose();
            cancellation.ThrowIfCancellationRequested();
            throw Explain(address, exception);
        }
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation)
    {
        try
        {
            int count = await _socket.ReceiveAsync(buffer, cancellation).ConfigureAwait(false);
            return count > 0 || buffer.Length == 0 ? count : throw LinkErrors.Lost(Name, null);
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw LinkErrors.Lost(Name, exception);
        }
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation)
    {
        try
        {
            while (data.Length > 0)
            {
                data = data[await _socket.SendAsync(data, cancellation).ConfigureAwait(false)..];
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            throw LinkErrors.Lost(Name, exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        _socket.Dispose();
        return ValueTask.CompletedTask;
    }

    private static FirmwareException Explain(LinkAddress address, Exception exception)
    {
        string reason = exception switch
        {
            OperationCanceledException => $"no connection within {s_connectTimeout.TotalSeconds} s",
            SocketException { SocketErrorCode: SocketError.ConnectionRefused } => "nobody listens there",
            SocketException { SocketErrorCode: SocketError.HostNotFound } => "the host name is not known",
            ArgumentException => "the path is too long for a socket",
            _ => exception.Message,
        };
        return LinkErrors.Failed(address.ToString(), reason, exception);
    }
}
