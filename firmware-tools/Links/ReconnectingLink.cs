using Twinbank.Errors;

namespace Twinbank.Links;

/// <summary>
/// A link that is opened again when the device vanishes and comes back: a USB port during a reset, QEMU restarted.
/// Bytes under way are lost with the old connection; a protocol above has to ask again, as it must on any link.
/// </summary>
public sealed class ReconnectingLink : ILink
{
    // A server that closes each new connection without a word is busy with somebody else.
    private const int SilentLossesMax = 5;

    private static readonly TimeSpan s_retryInterval = TimeSpan.FromMilliseconds(100);

    private readonly Func<CancellationToken, Task<ILink>> _open;
    private readonly TimeSpan _patience;
    private readonly TimeProvider _time;
    private readonly SemaphoreSlim _gate = new(1);
    private readonly CancellationTokenSource _disposed = new();
    private ILink _link;
    private int _silentLosses;

    private ReconnectingLink(
        ILink link, Func<CancellationToken, Task<ILink>> open, TimeSpan patience, TimeProvider time)
    {
        _link = link;
        _open = open;
        _patience = patience;
        _time = time;
    }

    public string Name => _link.Name;

    /// <summary>Raised after the link was opened again; whatever was half received is void.</summary>
    public event Action? Reconnected;

    /// <summary>
    /// Opens the address, waiting for it up to <paramref name="patience"/>; the same time is granted at each loss.
    /// </summary>
    /// <exception cref="FirmwareException">Why it cannot be opened, when that cannot change by waiting or time is
    /// up.</exception>
    public static Task<ReconnectingLink> OpenAsync(
        LinkAddress address, TimeSpan patience, CancellationToken cancellation = default)
        => OpenAsync(address.OpenAsync, patience, TimeProvider.System, cancellation);

    /// <summary>As above, with any way of opening and any clock.</summary>
    public static async Task<ReconnectingLink> OpenAsync(
        Func<CancellationToken, Task<ILink>> open, TimeSpan patience, TimeProvider time,
        CancellationToken cancellation = default)
    {
        ILink link = await OpenPatientlyAsync(open, patience, time, cancellation).ConfigureAwait(false);
        return new ReconnectingLink(link, open, patience, time);
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        while (true)
        {
            ILink link = _link;
            try
            {
                int count = await link.ReadAsync(buffer, cancellation).ConfigureAwait(false);
                _silentLosses = 0;
                return count;
            }
            catch (FirmwareException exception) when (exception.Code == ErrorCode.LinkLost && !IsDisposed)
            {
                await ReplaceAsync(link, exception, cancellation).ConfigureAwait(false);
            }
        }
    }

    /// <summary>Bytes written while the link was lost are not sent again: when this returns they may never
    /// arrive.</summary>
    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation = default)
    {
        ILink link = _link;
        try
        {
            await link.WriteAsync(data, cancellation).ConfigureAwait(false);
        }
        catch (FirmwareException exception) when (exception.Code == ErrorCode.LinkLost && !IsDisposed)
        {
            await ReplaceAsync(link, exception, cancellation).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!IsDisposed)
        {
            await _disposed.CancelAsync().ConfigureAwait(false);
            await _link.DisposeAsync().ConfigureAwait(false);
        }
    }

    private bool IsDisposed => _disposed.IsCancellationRequested;

    /// <summary>Replaces a lost link; reader and writer may both come here, and only the first one opens.</summary>
    private async Task ReplaceAsync(ILink lost, FirmwareException reason, CancellationToken cancellation)
    {
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _disposed.Token);
        try
        {
            await _gate.WaitAsync(either.Token).ConfigureAwait(false);
            try
            {
                if (!ReferenceEquals(_link, lost))
                {
                    return;
                }

                await lost.DisposeAsync().ConfigureAwait(false);
                await BearSilentLossAsync(either.Token).ConfigureAwait(false);
                _link = await OpenPatientlyAsync(_open, _patience, _time, either.Token).ConfigureAwait(false);
            }
            finally
            {
                _gate.Release();
            }
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw reason;
        }
        catch (FirmwareException exception) when (exception.Code != ErrorCode.PortBusy)
        {
            throw LinkErrors.Lost(Name, exception);
        }

        Reconnected?.Invoke();
    }

    private async Task BearSilentLossAsync(CancellationToken cancellation)
    {
        _silentLosses++;
        if (_silentLosses > SilentLossesMax)
        {
            throw new FirmwareException(
                ErrorCode.PortBusy, ("link", Name), ("holder", "the other side closes each connection at once"));
        }

        if (_silentLosses > 1)
        {
            await Task.Delay(s_retryInterval, _time, cancellation).ConfigureAwait(false);
        }
    }

    private static async Task<ILink> OpenPatientlyAsync(
        Func<CancellationToken, Task<ILink>> open, TimeSpan patience, TimeProvider time,
        CancellationToken cancellation)
    {
        long start = time.GetTimestamp();
        while (true)
        {
            try
            {
                return await open(cancellation).ConfigureAwait(false);
            }
            catch (FirmwareException exception)
                when (exception.IsTransient && time.GetElapsedTime(start) < patience)
            {
                await Task.Delay(s_retryInterval, time, cancellation).ConfigureAwait(false);
            }
        }
    }
}
