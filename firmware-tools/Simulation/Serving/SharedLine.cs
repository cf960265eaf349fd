using System.Diagnostics;
using Twinbank.Simulation.Boards;

namespace Twinbank.Simulation.Serving;

/// <summary>
/// A serial line whose other end is a stream that comes and goes: a socket client, a terminal. Without one, what the
/// board sends is lost and nothing arrives, as on an open connector.
/// </summary>
public sealed class SharedLine : BoardConsole
{
    // The receive buffer of the board: a sender that is faster waits.
    const int BufferBytesMax = 64 * 1024;
    const int PieceBytes = 4096;

    readonly Lock _writeLock = new();
    readonly object _inputLock = new();
    readonly Queue<byte> _input = new();
    Stream? _output;

    /// <summary>Connects the stream and carries its bytes to the board until it ends. One stream at a time.</summary>
    /// <returns>False when another stream is connected.</returns>
    public bool TryServe(Stream stream)
    {
        if (Interlocked.CompareExchange(ref _output, stream, null) is not null)
        {
            return false;
        }

        try
        {
            CarryInput(stream);
        }
        catch (Exception exception) when (exception is IOException or ObjectDisposedException)
        {
            // The other end is gone; the board does not notice.
        }
        finally
        {
            lock (_writeLock)
            {
                _output = null;
            }
        }

        return true;
    }

    public override int ReadByte()
    {
        lock (_inputLock)
        {
            if (!_input.TryDequeue(out byte value))
            {
                return -1;
            }

            if (_input.Count == 0)
            {
                Monitor.PulseAll(_inputLock);
            }

            return value;
        }
    }

    public override void Write(ReadOnlySpan<byte> data)
    {
        lock (_writeLock)
        {
            try
            {
                _output?.Write(data);
            }
            catch (Exception exception) when (exception is IOException or ObjectDisposedException)
            {
                // The reader of the stream sees the same and disconnects it.
            }
        }
    }

    public override void WaitForByte(TimeSpan time)
    {
        long start = Stopwatch.GetTimestamp();
        lock (_inputLock)
        {
            while (_input.Count == 0)
            {
                TimeSpan left = time - Stopwatch.GetElapsedTime(start);
                if (left <= TimeSpan.Zero || !Monitor.Wait(_inputLock, left))
                {
                    return;
                }
            }
        }
    }

    void CarryInput(Stream stream)
    {
        byte[] piece = new byte[PieceBytes];
        int count = stream.Read(piece);
        while (count > 0)
        {
            Enqueue(piece.AsSpan(0, count));
            count = stream.Read(piece);
        }
    }

    void Enqueue(ReadOnlySpan<byte> bytes)
    {
        lock (_inputLock)
        {
            while (_input.Count > BufferBytesMax)
            {
                Monitor.Wait(_inputLock);
            }

            foreach (byte each in bytes)
            {
                _input.Enqueue(each);
            }

            Monitor.PulseAll(_inputLock);
        }
    }
}
