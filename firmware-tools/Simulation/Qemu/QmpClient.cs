using System.Net.Sockets;
using System.Text;
using System.Text.Json;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// QEMU's machine protocol, as far as holding and resetting a machine needs it: one JSON object a line.
/// </summary>
sealed class QmpClient : IDisposable
{
    readonly Socket _socket;
    readonly StreamReader _reader;
    readonly NetworkStream _stream;

    QmpClient(Socket socket)
    {
        _socket = socket;
        _stream = new NetworkStream(socket);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    internal static async Task<QmpClient> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
        var client = new QmpClient(socket);
        await client._reader.ReadLineAsync(cancellation).ConfigureAwait(false);
        await client.ExecuteAsync("qmp_capabilities", cancellation).ConfigureAwait(false);
        return client;
    }

    /// <summary>Runs a command without arguments and waits for its answer; events in between are passed over.</summary>
    internal async Task ExecuteAsync(string command, CancellationToken cancellation)
    {
        byte[] line = Encoding.UTF8.GetBytes($"{{\"execute\":\"{command}\"}}\n");
        await _stream.WriteAsync(line, cancellation).ConfigureAwait(false);
        while (await _reader.ReadLineAsync(cancellation).ConfigureAwait(false) is { } answer)
        {
            using JsonDocument document = JsonDocument.Parse(answer);
            if (document.RootElement.TryGetProperty("return", out _))
            {
                return;
            }

            if (document.RootElement.TryGetProperty("error", out JsonElement error))
            {
                throw new InvalidOperationException($"QEMU refused {command}: {error}");
            }
        }

        throw new EndOfStreamException("QEMU closed its control socket.");
    }

    public void Dispose()
    {
        _reader.Dispose();
        _stream.Dispose();
        _socket.Dispose();
    }
}
