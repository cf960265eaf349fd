using Twinbank.Flashing.Plans;

namespace Twinbank.EndToEnd;

/// <summary>
/// A moment of an update at which power is cut, as a share of its life: up to 0.6 a share of the bytes that are sent,
/// then time from the reset on, which is when the trial is prepared, runs, and is confirmed. Counted in what the update
/// does and not in seconds, so that a slow machine cuts at the same places.
/// </summary>
sealed class CutMoment : IProgress<FlashEvent>
{
    const double UploadShare = 0.6;

    /// <summary>From the reset to some time after the confirmation, which comes after a second or two.</summary>
    static readonly TimeSpan s_trialTime = TimeSpan.FromSeconds(3);

    readonly TaskCompletionSource _came = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly double _share;
    readonly TimeSpan _delay;

    /// <param name="share">0 to 1.</param>
    /// <param name="jitter">0 to 1: how long after the event, so that a cut falls into operations, not between.</param>
    internal CutMoment(double share, double jitter)
    {
        _share = share;
        _delay = share < UploadShare
            ? TimeSpan.FromMilliseconds(jitter * 15)
            : (share - UploadShare) / (1 - UploadShare) * s_trialTime;
    }

    /// <summary>What the update did last; null before its first byte.</summary>
    internal FlashEvent? Last { get; private set; }

    /// <summary>Complete when the power is to be cut.</summary>
    internal async Task ComesAsync(Task update, CancellationToken cancellation)
    {
        await Task.WhenAny(update, _came.Task);
        await Task.WhenAny(update, Task.Delay(_delay, cancellation));
    }

    public void Report(FlashEvent value)
    {
        Last = value;
        bool isDue = value.Upload is { } upload
            ? upload.OffsetBytes >= _share / UploadShare * upload.TotalBytes
            : value.Step >= FlashStep.Reset;
        if (isDue)
        {
            _came.TrySetResult();
        }
    }

    /// <summary>The part of the update that the cut hit.</summary>
    internal string Part => Last switch
    {
        null => "before",
        { Upload: { } upload } when upload.OffsetBytes < upload.TotalBytes => "upload",
        { Step: < FlashStep.WaitForTrial } => "journal and reset",
        { Step: < FlashStep.Done } => "trial",
        _ => "after",
    };
}
