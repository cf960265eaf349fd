using System.Collections.Concurrent;
using Twinbank.Core;
using Twinbank.Core.Smp;
using Twinbank.Errors;
using Twinbank.Links;

namespace Twinbank.Flashing.Smp;

/// <summary>
/// The host's end of an SMP link: sends requests, sends them again while no answer comes, and matches answers by
/// sequence, group and command. Several requests may be under way at once. Owns the link.
/// </summary>
public sealed class SmpClient : IAsyncDisposable
{
    private const int ReadBytes = 4096;

    private readonly ILink _link;
    private readonly SmpClientOptions _options;
    private readonly SmpFrameDecoder _decoder;
    private readonly SmpFrameEncoder _encoder = new();
    private readonly LineCollector _lines;
    private readonly ConcurrentDictionary<byte, PendingRequest> _pending = new();
    private readonly SemaphoreSlim _writing = new(1);
    private readonly CancellationTokenSource _closing = new();
    private readonly Task _reading;
    private volatile Exception? _failure;
    private int _sequence;
    private int _resentRequests;
    private bool _lineIsBroken;

    public SmpClient(ILink link, SmpClientOptions? options = null)
    {
        _link = link;
        _options = options ?? new SmpClientOptions();
        _sequence = _options.FirstSequence;
        _lines = new LineCollector(line => TextReceived?.Invoke(line));
        _decoder = new SmpFrameDecoder(_options.ResponseBytesMax, _lines);
        if (link is ReconnectingLink reconnecting)
        {
            reconnecting.Reconnected += OnReconnected;
        }

        _reading = Task.Run(ReadAsync);
    }

    /// <summary>A line of the application's own text, without its end. Raised from the reading task.</summary>
    public event Action<string>? TextReceived;

    public string LinkName => _link.Name;

    /// <summary>Framing of the requests; compact only for a device that offers it.</summary>
    public SmpFraming Framing { get; set; } = SmpFraming.Console;

    /// <summary>Frames that arrived damaged.</summary>
    public int DroppedFrames => _decoder.DroppedFrames;

    /// <summary>Requests that were sent again.</summary>
    public int ResentRequests => _resentRequests;

    /// <summary>Sends a request and gives the map of the answer.</summary>
    /// <param name="command">What is asked.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="subject">Begins the sentence of a refusal: "The trial of slot B".</param>
    /// <param name="patience">How long to wait; the client's own unless given.</param>
    /// <param name="cancellation">Stops waiting. The device may still do what was asked.</param>
    /// <exception cref="FirmwareException">
    /// NoAnswer, LinkLost, BadAnswer, or the error that the device's refusal stands for.
    /// </exception>
    public async Task<CborMap> RequestAsync(
        SmpCommand command, SmpArguments arguments, string subject, SmpPatience? patience = null,
        CancellationToken cancellation = default)
    {
        patience ??= _options.Patience;
        byte sequence = (byte)Interlocked.Increment(ref _sequence);
        var pending = new PendingRequest(
            command, BuildPacket(command, arguments.Encode(), sequence), patience.FirstResend < patience.Total);
        _pending[sequence] = pending;
        try
        {
            if (_failure is { } failure)
            {
                throw failure;
            }

            byte[] payload = await SendUntilAnsweredAsync(
                pending, command, patience, cancellation).ConfigureAwait(false);
            CborMap answer = CborMap.Decode(command.Name, payload);
            SmpRefusal.ThrowIfRefused(answer, command, subject);
            return answer;
        }
        finally
        {
            _pending.TryRemove(new KeyValuePair<byte, PendingRequest>(sequence, pending));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _closing.CancelAsync().ConfigureAwait(false);
        await _link.DisposeAsync().ConfigureAwait(false);
        await _reading.ConfigureAwait(false);
    }

    private async Task<byte[]> SendUntilAnsweredAsync(
        PendingRequest pending, SmpCommand command, SmpPatience patience, CancellationToken cancellation)
    {
        using var deadline = new CancellationTokenSource(patience.Total, _options.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, deadline.Token);
        TimeSpan wait = pending.MayResend ? patience.FirstResend : Timeout.InfiniteTimeSpan;
        try
        {
            await SendAsync(pending.Packet, either.Token).ConfigureAwait(false);
            while (!await IsAnsweredAsync(pending, wait, either.Token).ConfigureAwait(false))
            {
                Interlocked.Increment(ref _resentRequests);
                await SendAsync(pending.Packet, either.Token).ConfigureAwait(false);
                wait *= 2;
            }
        }
        catch (OperationCanceledException exception) when (!cancellation.IsCancellationRequested)
        {
            throw _failure ?? new FirmwareException(
                ErrorCode.NoAnswer, exception, ("link", LinkName), ("timeout", patience.Total.TotalSeconds),
                ("request", command.Name));
        }

        return await pending.Answer.ConfigureAwait(false);
    }

    private async Task<bool> IsAnsweredAsync(PendingRequest pending, TimeSpan wait, CancellationToken cancellation)
    {
        try
        {
            await pending.Answer.WaitAsync(wait, _options.Time, cancellation).ConfigureAwait(false);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static byte[] BuildPacket(SmpCommand command, byte[] payload, byte sequence)
    {
        byte[] packet = new byte[SmpHeader.SizeBytes + payload.Length];
        var header = new SmpHeader
        {
            Operation = command.Operation,
            Version = SmpHeader.VersionTwo,
            PayloadBytes = checked((ushort)payload.Length),
            Group = command.Group,
            Sequence = sequence,
            Command = command.Command,
        };
        header.Write(packet, 0);
        payload.CopyTo(packet, SmpHeader.SizeBytes);
        return packet;
    }

    private async Task SendAsync(byte[] packet, CancellationToken cancellation)
    {
        await _writing.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _closing.Token);
            byte[] stream = Encode(packet);
            _lineIsBroken = true;
            await _link.WriteAsync(stream, either.Token).ConfigureAwait(false);
            _lineIsBroken = false;
        }
        finally
        {
            _writing.Release();
        }
    }

    private byte[] Encode(byte[] packet)
    {
        var stream = new List<byte>((packet.Length * 3 / 2) + 16);
        if (_lineIsBroken)
        {
            // Half a packet may be on the wire; a line end keeps it from swallowing this one.
            stream.Add((byte)'\n');
        }

        _encoder.Start(packet, 0, packet.Length, Framing);
        for (int count = _encoder.Next(); count > 0; count = _encoder.Next())
        {
            stream.AddRange(_encoder.Line.AsSpan(0, count));
        }

        return [.. stream];
    }

    private async Task ReadAsync()
    {
        byte[] buffer = new byte[ReadBytes];
        try
        {
            while (true)
            {
                int count = await _link.ReadAsync(buffer, _closing.Token).ConfigureAwait(false);
                for (int i = 0; i < count; i++)
                {
                    if (_decoder.Accept(buffer[i]) == SmpFrameEvent.Packet)
                    {
                        TakePacket();
                    }
                }
            }
        }
        catch (Exception exception)
        {
            FailAll(exception);
        }
    }

    private void TakePacket()
    {
        Status status = SmpHeader.TryRead(_decoder.Packet, 0, _decoder.PacketBytes, out SmpHeader header);
        int payloadBytes = _decoder.PacketBytes - SmpHeader.SizeBytes;
        if (status == Status.Ok && header.PayloadBytes <= payloadBytes
            && _pending.TryGetValue(header.Sequence, out PendingRequest? pending) && pending.IsAnsweredBy(header))
        {
            pending.Complete(_decoder.Packet.AsSpan(SmpHeader.SizeBytes, header.PayloadBytes).ToArray());
        }
    }

    private void FailAll(Exception exception)
    {
        _failure = exception is OperationCanceledException or ObjectDisposedException
            ? new FirmwareException(ErrorCode.LinkLost, exception, ("subject", $"the transfer over {LinkName}"))
            : exception;
        foreach (PendingRequest pending in _pending.Values)
        {
            pending.Fail(_failure);
        }
    }

    // What was half received is void, and what was asked may be lost: ask at once instead of waiting for the resend.
    private void OnReconnected()
    {
        foreach (PendingRequest pending in _pending.Values.Where(pending => pending.MayResend))
        {
            _ = SendQuietlyAsync(pending.Packet);
        }
    }

    private async Task SendQuietlyAsync(byte[] packet)
    {
        try
        {
            await SendAsync(packet, _closing.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is FirmwareException or OperationCanceledException)
        {
            // The reading task meets the same loss and reports it.
        }
    }
}
