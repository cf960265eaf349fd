using System.Globalization;
using System.Net;
using System.Net.Sockets;
using Twinbank.Errors;
using Twinbank.Links;

namespace Twinbank.Simulation.Serving;

/// <summary>
/// Offers a board's serial line on a TCP port or a Unix socket, to one client at a time: as with a serial port, a
/// second one is turned away at once.
/// </summary>
public sealed class BoardListener : IDisposable
{
    // A client that does not read for so long has stopped; a board on a real line would not wait either.
    const int SendTimeoutMilliseconds = 2000;

    readonly Socket _listener;
    readonly SharedLine _line;
    readonly string? _socketPath;

    BoardListener(Socket listener, SharedLine line, string name, string? socketPath)
    {
        _listener = listener;
        _line = line;
        _socketPath = socketPath;
        Name = name;
    }

    /// <summary>The link that a client opens, with the port that was chosen.</summary>
    public string Name { get; }

    /// <summary>Listens from now on.</summary>
    /// <param name="address">A tcp: or unix: address; the host of a tcp: address says which interface.</param>
    /// <param name="line">The board's line.</param>
    /// <exception cref="FirmwareException">FW4001 for another kind; FW4005 when the address cannot be had.</exception>
    public static BoardListener Start(LinkAddress address, SharedLine line)
        => address.Kind switch
        {
            LinkKind.Tcp => StartTcp(address.Target, address.Port, line),
            LinkKind.Unix => Start(address.ToString(), () => ListenUnix(address.Target, line)),
            _ => throw new FirmwareException(
                ErrorCode.BadLinkName, ("link", address), ("reason", "a simulator listens on tcp: or unix: only")),
        };

    /// <summary>Listens on a TCP port from now on; port 0 lets the system choose one.</summary>
    /// <exception cref="FirmwareException">FW4005 when the port cannot be had.</exception>
    public static BoardListener StartTcp(string host, int port, SharedLine line)
        => Start(TcpName(host, port), () => ListenTcp(host, port, line));

    public void Dispose()
    {
        _listener.Dispose();
        if (_socketPath is not null)
        {
            File.Delete(_socketPath);
        }
    }

    static BoardListener Start(string name, Func<BoardListener> listen)
    {
        try
        {
            BoardListener listener = listen();
            var thread = new Thread(listener.AcceptClients) { IsBackground = true, Name = "board listener" };
            thread.Start();
            return listener;
        }
        catch (Exception exception) when (exception is SocketException or ArgumentException)
        {
            throw new FirmwareException(ErrorCode.LinkFailed, exception, ("link", name), ("reason", exception.Message));
        }
    }

    static BoardListener ListenTcp(string host, int port, SharedLine line)
    {
        IPAddress address = Dns.GetHostAddresses(host)[0];
        var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        Bind(socket, new IPEndPoint(address, port));
        return new BoardListener(socket, line, TcpName(host, ((IPEndPoint)socket.LocalEndPoint!).Port), null);
    }

    static string TcpName(string host, int port)
        => string.Create(CultureInfo.InvariantCulture, $"tcp:{(host.Contains(':') ? $"[{host}]" : host)}:{port}");

    static BoardListener ListenUnix(string path, SharedLine line)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        Bind(socket, new UnixDomainSocketEndPoint(path));
        return new BoardListener(socket, line, $"unix:{path}", path);
    }

    static void Bind(Socket socket, EndPoint endPoint)
    {
        try
        {
            socket.Bind(endPoint);
            socket.Listen();
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    void AcceptClients()
    {
        try
        {
            while (true)
            {
                Socket client = _listener.Accept();
                client.SendTimeout = SendTimeoutMilliseconds;
                var thread = new Thread(() => Serve(client)) { IsBackground = true, Name = "board client" };
                thread.Start();
            }
        }
        catch (Exception exception) when (exception is SocketException or ObjectDisposedException)
        {
            // Dispose ends the accept; that is the only way out.
        }
    }

    void Serve(Socket client)
    {
        if (client.ProtocolType == ProtocolType.Tcp)
        {
            client.NoDelay = true;
        }

        using var stream = new NetworkStream(client, ownsSocket: true);
        _line.TryServe(stream);
    }
}
