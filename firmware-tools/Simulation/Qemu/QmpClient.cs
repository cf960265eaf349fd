using System.Net.Sockets;
using System.Text;
using System.Text.Json;
using System.Threading.Channels;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// QEMU's machine protocol, as far as holding and resetting a machine needs it: one JSON object a line. QEMU talks to
/// one client at a time, so a machine has one of these for its whole life.
/// </summary>
sealed class QmpClient : IDisposable
{
    readonly NetworkStream _stream;
    readonly StreamReader _reader;
    readonly SemaphoreSlim _turn = new(1);
    readonly Channel<JsonElement> _answers = Channel.CreateUnbounded<JsonElement>();
    readonly Channel<string> _shutdowns = Channel.CreateUnbounded<string>();

    QmpClient(Socket socket)
    {
        _stream = new NetworkStream(socket, ownsSocket: true);
        _reader = new StreamReader(_stream, Encoding.UTF8);
    }

    /// <summary>
    /// Why the machine wants to end, in QEMU's words (<c>guest-reset</c>), each time it does; complete when QEMU has
    /// ended.
    /// </summary>
    internal ChannelReader<string> Shutdowns => _shutdowns.Reader;

    internal static async Task<QmpClient> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        var client = new QmpClient(socket);
        await client._reader.ReadLineAsync(cancellation).ConfigureAwait(false);
        _ = client.ReadAsync();
        await client.ExecuteAsync("qmp_capabilities", cancellation).ConfigureAwait(false);
        return client;
    }

    /// <summary>Runs a command without arguments and waits for its answer.</summary>
    internal Task ExecuteAsync(string command, CancellationToken cancellation)
        => ExecuteAsync(command, $"{{\"execute\":\"{command}\"}}", cancellation);

    /// <summary>What a reset of the guest does from now on: <c>reset</c> or <c>shutdown</c>.</summary>
    internal Task SetRebootActionAsync(string action, CancellationToken cancellation)
        => ExecuteAsync(
            "set-action", $"{{\"execute\":\"set-action\",\"arguments\":{{\"reboot\":\"{action}\"}}}}", cancellation);

    async Task ExecuteAsync(string command, string line, CancellationToken cancellation)
    {
        await _turn.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _stream.WriteAsync(Encoding.UTF8.GetBytes(line + "\n"), cancellation).ConfigureAwait(false);
            JsonElement answer = await _answers.Reader.ReadAsync(cancellation).ConfigureAwait(false);
            if (answer.TryGetProperty("error", out JsonElement error))
            {
                throw new InvalidOperationException($"QEMU refused {command}: {error}");
            }
        }
        catch (ChannelClosedException)
        {
            throw new EndOfStreamException("QEMU closed its control socket.");
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task ReadAsync()
    {
        try
        {
            while (await _reader.ReadLineAsync().ConfigureAwait(false) is { } line)
            {
                using JsonDocument document = JsonDocument.Parse(line);
                JsonElement message = document.RootElement;
                if (!message.TryGetProperty("event", out JsonElement name))
                {
                    _answers.Writer.TryWrite(message.Clone());
                }
                else if (name.GetString() == "SHUTDOWN")
                {
                    _shutdowns.Writer.TryWrite(message.GetProperty("data").GetProperty("reason").GetString() ?? "");
                }
            }
        }
        catch (Exception error) when (error is IOException or ObjectDisposedException or JsonException)
        {
            // QEMU has ended, in the middle of a line at worst.
        }

        _answers.Writer.TryComplete();
        _shutdowns.Writer.TryComplete();
    }

    public void Dispose()
    {
        _stream.Dispose();
        _reader.Dispose();
        _turn.Dispose();
    }
}
