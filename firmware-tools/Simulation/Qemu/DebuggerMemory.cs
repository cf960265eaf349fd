using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// Writes the memory of a machine that stands still through QEMU's debugger socket (the remote serial protocol of GDB:
/// <c>$packet#sum</c>, answered by <c>+</c> and a packet). Right after a reset addresses are physical.
/// </summary>
sealed class DebuggerMemory : IDisposable
{
    /// <summary>Two hex digits a byte; QEMU takes packets of up to 4,096 bytes.</summary>
    internal const int PieceBytesMax = 1024;

    readonly Socket _socket;
    readonly byte[] _buffer = new byte[256];

    DebuggerMemory(Socket socket) => _socket = socket;

    internal static async Task<DebuggerMemory> ConnectAsync(string path, CancellationToken cancellation)
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            await socket.ConnectAsync(new UnixDomainSocketEndPoint(path), cancellation).ConfigureAwait(false);
            return new DebuggerMemory(socket);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    /// <summary>Writes up to <see cref="PieceBytesMax"/> bytes, into the array of a flash chip, too.</summary>
    internal async Task WriteAsync(uint address, ReadOnlyMemory<byte> bytes, CancellationToken cancellation)
    {
        string body = string.Create(
            CultureInfo.InvariantCulture, $"M{address:x},{bytes.Length:x}:{Convert.ToHexStringLower(bytes.Span)}");
        int sum = body.Sum(letter => letter) & 0xFF;
        byte[] packet = Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $"${body}#{sum:x2}"));
        await _socket.SendAsync(packet, cancellation).ConfigureAwait(false);
        string answer = await ReadAnswerAsync(cancellation).ConfigureAwait(false);
        await _socket.SendAsync("+"u8.ToArray(), cancellation).ConfigureAwait(false);
        if (answer != "OK")
        {
            throw new InvalidOperationException($"QEMU did not write at 0x{address:X8}: {answer}");
        }
    }

    // The last packet is the answer: in front of it there is '+', and perhaps the news (T, S) that the machine stands
    // still.
    async Task<string> ReadAnswerAsync(CancellationToken cancellation)
    {
        var text = new StringBuilder();
        while (true)
        {
            int count = await _socket.ReceiveAsync(_buffer, cancellation).ConfigureAwait(false);
            if (count == 0)
            {
                throw new EndOfStreamException("QEMU closed its debugger socket.");
            }

            text.Append(Encoding.ASCII.GetString(_buffer, 0, count));
            string all = text.ToString();
            int start = all.LastIndexOf('$');
            int end = start < 0 ? -1 : all.IndexOf('#', start);
            if (end > 0 && all.Length >= end + 3 && all[start + 1] is not ('T' or 'S'))
            {
                return all[(start + 1)..end];
            }
        }
    }

    public void Dispose() => _socket.Dispose();
}
