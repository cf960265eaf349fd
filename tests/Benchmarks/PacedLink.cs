using System.Diagnostics;
using Twinbank.Links;

namespace Twinbank.Benchmarks;

/// <summary>A link as slow as a serial line: in each direction a byte takes its time, one after the other.</summary>
internal sealed class PacedLink(ILink inner, int bytesPerSecond) : ILink
{
    // Small enough that the line is never idle while the sender waits, large enough for the clock of the system.
    const int PieceBytes = 128;

    readonly long _start = Stopwatch.GetTimestamp();
    double _writeFreeSeconds;
    double _readFreeSeconds;

    public string Name => inner.Name;

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        int count = await inner.ReadAsync(
            buffer[..Math.Min(PieceBytes, buffer.Length)], cancellation).ConfigureAwait(false);
        _readFreeSeconds = await CarryAsync(count, _readFreeSeconds, cancellation).ConfigureAwait(false);
        return count;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation = default)
    {
        while (data.Length > 0)
        {
            ReadOnlyMemory<byte> piece = data[..Math.Min(PieceBytes, data.Length)];
            _writeFreeSeconds = await CarryAsync(piece.Length, _writeFreeSeconds, cancellation).ConfigureAwait(false);
            await inner.WriteAsync(piece, cancellation).ConfigureAwait(false);
            data = data[piece.Length..];
        }
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    // By the schedule of the line and not by the length of each wait, so that waits that end late do not add up.
    async Task<double> CarryAsync(int count, double freeSeconds, CancellationToken cancellation)
    {
        double now = Stopwatch.GetElapsedTime(_start).TotalSeconds;

        // A sender that comes within a piece's time of the last one did not let the line go idle.
        double begin = now - freeSeconds > (double)PieceBytes / bytesPerSecond ? now : freeSeconds;
        double end = begin + ((double)count / bytesPerSecond);
        if (end > now)
        {
            await Task.Delay(TimeSpan.FromSeconds(end - now), cancellation).ConfigureAwait(false);
        }

        return end;
    }
}
