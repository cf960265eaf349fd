using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>An upload request under way.</summary>
internal sealed class UploadRequest : IDisposable
{
    private readonly CancellationTokenSource _cancellation;

    public UploadRequest(long offset, int count, Func<CancellationToken, Task<CborMap>> send, CancellationToken outer)
    {
        Offset = offset;
        End = offset + count;
        _cancellation = CancellationTokenSource.CreateLinkedTokenSource(outer);
        Answer = send(_cancellation.Token);
    }

    public long Offset { get; }

    /// <summary>Offset that the device wants next when all goes by the rule.</summary>
    public long End { get; }

    public Task<CborMap> Answer { get; }

    /// <summary>Waits no more; what the device makes of it shows in later answers.</summary>
    public void Dispose()
    {
        _cancellation.Cancel();
        _cancellation.Dispose();
        _ = Answer.ContinueWith(
            answer => answer.Exception, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default);
    }
}
