using System.Security.Cryptography;
using Twinbank.Errors;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>
/// Sends an upload with several requests under way and follows the device, which names the offset it wants after each
/// (specs/smp.md section 5).
/// </summary>
internal sealed class Uploader
{
    // So often the device may come back to an offset without getting further, before it is given up.
    private const int StandstillsMax = 8;

    private readonly SmpClient _client;
    private readonly UploadOptions _options;
    private readonly UploadChunks _chunks;
    private readonly UploadMeter _meter;
    private readonly int _window;
    private readonly string _subject;

    // Whether the last place where the device could jump saw a jump; then waiting there is cheaper than sending ahead.
    private bool _expectsJump = true;

    private long _furthest;
    private int _standstills;

    public Uploader(
        SmpClient client, DeviceParameters parameters, UploadOptions options, ReadOnlyMemory<byte> data, string subject,
        UploadMeter meter)
    {
        _client = client;
        _options = options;
        _chunks = new UploadChunks(data, Math.Min(parameters.RequestBytesMax, options.RequestBytesMax));
        _window = Math.Clamp(parameters.RequestCount, 1, Math.Max(1, options.WindowMax));
        _subject = subject;
        _meter = meter;
    }

    /// <exception cref="FirmwareException">Why the device refused it, or what happened to the link.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        long wanted = await StartAsync(cancellation).ConfigureAwait(false);
        while (wanted < _chunks.TotalBytes)
        {
            // A device that restarted knows of no upload and asks for offset 0: begin again, it skips what it holds.
            wanted = wanted == 0
                ? await StartAsync(cancellation).ConfigureAwait(false)
                : await SendFromAsync(wanted, cancellation).ConfigureAwait(false);
            _standstills++;
            if (_standstills > StandstillsMax)
            {
                throw new FirmwareException(
                    ErrorCode.UploadUnstable, ("offset", wanted), ("total", _chunks.TotalBytes),
                    ("count", _standstills));
            }
        }
    }

    private async Task<long> StartAsync(CancellationToken cancellation)
    {
        _expectsJump = true;
        ReadOnlyMemory<byte> data = _chunks.At(0, stopsAtBoundary: true);
        SmpArguments arguments = new SmpArguments()
            .Add("off", 0u)
            .Add("len", checked((uint)_chunks.TotalBytes))
            .Add("sha", SHA256.HashData(_chunks.Data.Span));
        if (_options.Insist)
        {
            arguments.Add("insist", true);
        }

        if (_options.IsOverlay)
        {
            arguments.Add("strategy", "overlay");
        }

        _meter.Sent(data.Length);
        CborMap answer = await _client.RequestAsync(
            SmpCommand.Upload, arguments.Add("data", data), _subject, null, cancellation).ConfigureAwait(false);
        return Take(answer, data.Length);
    }

    /// <summary>Keeps requests under way from the offset on, until all is sent or the device wants another
    /// offset.</summary>
    private async Task<long> SendFromAsync(long wanted, CancellationToken cancellation)
    {
        var window = new List<UploadRequest>();
        long next = wanted;
        try
        {
            while (true)
            {
                next = Fill(window, next, cancellation);
                UploadRequest answered = await FirstAnsweredAsync(window).ConfigureAwait(false);
                long end = answered.End;
                wanted = Take(await answered.Answer.ConfigureAwait(false), end);
                Drop(window, answered);
                if (_chunks.IsBoundary(end))
                {
                    _expectsJump = wanted > end;
                }

                if (wanted != end || end == _chunks.TotalBytes)
                {
                    return wanted;
                }
            }
        }
        finally
        {
            window.ForEach(request => request.Dispose());
        }
    }

    private long Fill(List<UploadRequest> window, long next, CancellationToken cancellation)
    {
        while (next < _chunks.TotalBytes && window.Count < _window)
        {
            if (window.Count > 0 && _expectsJump && _chunks.IsBoundary(next))
            {
                break;
            }

            ReadOnlyMemory<byte> data = _chunks.At(next, _expectsJump);
            SmpArguments arguments = new SmpArguments().Add("off", checked((uint)next)).Add("data", data);
            window.Add(new UploadRequest(
                next, data.Length,
                token => _client.RequestAsync(SmpCommand.Upload, arguments, _subject, null, token), cancellation));
            _meter.Sent(data.Length);
            next += data.Length;
        }

        return next;
    }

    /// <summary>
    /// The first request in the order of sending that has its answer. The device answers in order, so the ones before
    /// it were lost, or their answers were: either way this answer says where the upload stands.
    /// </summary>
    private static async Task<UploadRequest> FirstAnsweredAsync(List<UploadRequest> window)
    {
        await Task.WhenAny(window.Select(request => request.Answer)).ConfigureAwait(false);
        return window.First(request => request.Answer.IsCompleted);
    }

    private static void Drop(List<UploadRequest> window, UploadRequest answered)
    {
        int count = window.IndexOf(answered) + 1;
        window.GetRange(0, count).ForEach(request => request.Dispose());
        window.RemoveRange(0, count);
    }

    private long Take(CborMap answer, long expected)
    {
        long wanted = answer.Unsigned("off");
        if (wanted > _chunks.TotalBytes)
        {
            throw new FirmwareException(
                ErrorCode.BadAnswer, ("request", SmpCommand.Upload.Name),
                ("problem", $"it wants offset {wanted} of {_chunks.TotalBytes} bytes"));
        }

        if (wanted == _chunks.TotalBytes && !answer.Boolean("match", whenAbsent: true))
        {
            throw new FirmwareException(ErrorCode.BadDigest, ("subject", _subject));
        }

        if (wanted > _furthest)
        {
            _furthest = wanted;
            _standstills = 0;
        }

        _meter.Reached(wanted, Math.Max(0, wanted - expected));
        return wanted;
    }
}
