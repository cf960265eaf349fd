using Twinbank.Errors;
using Twinbank.Links;

namespace Twinbank.Simulation.Links;

/// <summary>
/// A link with faults: what is sent through it and what is received through it is dropped, doubled, flipped, delayed or
/// cut off, the same way each time for the same seed. Disposing it disposes the sound link inside.
/// </summary>
public sealed class LossyLink : ILink
{
    const int PieceBytes = 4096;

    readonly ILink _inner;
    readonly TimeProvider _time;
    readonly FaultyLine _output;
    readonly FaultyLine _input;
    readonly byte[] _piece = new byte[PieceBytes];
    ReadOnlyMemory<byte> _arrived;
    volatile bool _isCut;

    /// <summary>Puts faults on a link.</summary>
    /// <param name="inner">The sound link.</param>
    /// <param name="output">Faults of what this end sends.</param>
    /// <param name="input">Faults of what this end receives.</param>
    /// <param name="seed">Decides every fault; print it with a failing test.</param>
    /// <param name="time">Clock of the delays; the system's unless given.</param>
    public LossyLink(ILink inner, LineFaults output, LineFaults input, ulong seed, TimeProvider? time = null)
    {
        _inner = inner;
        _time = time ?? TimeProvider.System;
        _output = new FaultyLine(output, seed);
        _input = new FaultyLine(input, ~seed);
    }

    public string Name => _inner.Name;

    /// <summary>Two ends inside this process; all faults are on the way between them.</summary>
    /// <param name="toDevice">Faults of what the host sends.</param>
    /// <param name="toHost">Faults of what the device sends.</param>
    /// <param name="seed">Decides every fault.</param>
    /// <param name="time">Clock of the delays; the system's unless given.</param>
    public static (ILink Host, ILink Device) CreatePair(
        LineFaults toDevice, LineFaults toHost, ulong seed, TimeProvider? time = null)
    {
        (PipeLink host, PipeLink device) = PipeLink.CreatePair("lossy:");
        return (new LossyLink(host, toDevice, toHost, seed, time), device);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        while (_arrived.IsEmpty)
        {
            await ThrowIfCutAsync(_input).ConfigureAwait(false);
            int count = await _inner.ReadAsync(_piece, cancellation).ConfigureAwait(false);
            await DelayAsync(_input, cancellation).ConfigureAwait(false);
            _arrived = _input.Carry(_piece.AsSpan(0, count));
        }

        int taken = Math.Min(buffer.Length, _arrived.Length);
        _arrived[..taken].CopyTo(buffer);
        _arrived = _arrived[taken..];
        return taken;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation = default)
    {
        await ThrowIfCutAsync(_output).ConfigureAwait(false);
        byte[] carried = _output.Carry(data.Span);
        await DelayAsync(_output, cancellation).ConfigureAwait(false);
        if (carried.Length > 0)
        {
            await _inner.WriteAsync(carried, cancellation).ConfigureAwait(false);
        }

        // Whoever sent the last byte hears of it; the other end sees the link vanish.
        await ThrowIfCutAsync(_output).ConfigureAwait(false);
    }

    /// <summary>Pulls the plug: both ends lose the link.</summary>
    public ValueTask DisconnectAsync()
    {
        _isCut = true;
        return _inner.DisposeAsync();
    }

    public ValueTask DisposeAsync() => DisconnectAsync();

    async ValueTask DelayAsync(FaultyLine line, CancellationToken cancellation)
    {
        if (line.Delay > TimeSpan.Zero)
        {
            await Task.Delay(line.Delay, _time, cancellation).ConfigureAwait(false);
        }
    }

    async ValueTask ThrowIfCutAsync(FaultyLine line)
    {
        if (line.IsCut)
        {
            await DisconnectAsync().ConfigureAwait(false);
        }

        if (_isCut)
        {
            throw new FirmwareException(ErrorCode.LinkLost, ("subject", $"the transfer over {Name}"));
        }
    }
}
