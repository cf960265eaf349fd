using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Plans;

/// <summary>
/// Carries out a plan: upload, ask for the trial, reset, wait until the image is confirmed or reverted. May be
/// cancelled at any moment: what runs on the device is never touched, and the same plan made again goes on where this
/// one stopped.
/// </summary>
public sealed class FlashCommit
{
    private readonly DeviceSession _session;
    private readonly FlashPlan _plan;
    private readonly IProgress<FlashEvent>? _progress;
    private UploadProgress? _uploaded;
    private DeviceUploadState? _uploadState;
    private TimeSpan _uploadTime;

    private FlashCommit(DeviceSession session, FlashPlan plan, IProgress<FlashEvent>? progress)
    {
        _session = session;
        _plan = plan;
        _progress = progress;
    }

    /// <summary>Carries out the plan.</summary>
    /// <exception cref="Twinbank.Errors.FirmwareException">
    /// ImageReverted with the device's reason, OutcomeUnknown, why the device refused a step, or what happened to the
    /// link.
    /// </exception>
    public static Task<FlashOutcome> RunAsync(
        DeviceSession session, FlashPlan plan, IProgress<FlashEvent>? progress = null,
        CancellationToken cancellation = default)
        => new FlashCommit(session, plan, progress).RunAsync(cancellation);

    private async Task<FlashOutcome> RunAsync(CancellationToken cancellation)
    {
        long start = _session.Time.GetTimestamp();
        FlashEnd end = await RunStepsAsync(cancellation).ConfigureAwait(false);
        Tell(FlashStep.Done, Describe(end));
        return new FlashOutcome
        {
            End = end,
            SentBytes = _uploaded?.SentBytes ?? 0,
            SkippedBytes = _uploaded?.SkippedBytes ?? 0,
            Upload = _uploadState,
            UploadTime = _uploadTime,
            TotalTime = _session.Time.GetElapsedTime(start),
        };
    }

    private async Task<FlashEnd> RunStepsAsync(CancellationToken cancellation)
    {
        FlashAction action = _plan.Action;
        if (action == FlashAction.Nothing)
        {
            return FlashEnd.Unchanged;
        }

        if (action == FlashAction.Send)
        {
            await UploadAsync(cancellation).ConfigureAwait(false);
        }

        if (action == FlashAction.Compact)
        {
            var report = new Report<StepProgress>(
                step => _progress?.Report(new FlashEvent(FlashStep.Compact, "compaction", Blocks: step)));
            await _session.CompactAsync(report, cancellation).ConfigureAwait(false);
        }

        if (action is FlashAction.Send or FlashAction.Try or FlashAction.Compact)
        {
            Tell(FlashStep.RequestTrial, $"trial of slot {_plan.TargetSlotName}");
            await _session.TestAsync(
                _plan.ManifestDigest, $"The trial of {_plan.ImageName}", cancellation).ConfigureAwait(false);
        }

        if (action != FlashAction.Watch)
        {
            if (_plan.Options.StopsBeforeReset)
            {
                return FlashEnd.Pending;
            }

            await ResetAsync(cancellation).ConfigureAwait(false);
        }

        if (_plan.Options.StopsAfterReset)
        {
            return FlashEnd.Started;
        }

        await new TrialWatch(_session, _plan, Tell).WaitAsync(cancellation).ConfigureAwait(false);
        return FlashEnd.Confirmed;
    }

    private async Task UploadAsync(CancellationToken cancellation)
    {
        long start = _session.Time.GetTimestamp();
        string slot = $"slot {_plan.TargetSlotName}";
        var report = new Report<UploadProgress>(progress =>
        {
            _uploaded = progress;
            _progress?.Report(new FlashEvent(FlashStep.Upload, slot, progress));
        });
        UploadOptions options = _plan.Options.Upload with { Insist = _plan.Options.RetryFailed };
        await _session.UploadAsync(_plan.Container.Bytes, _plan.Container.Subject, options, report, cancellation)
            .ConfigureAwait(false);
        _uploadTime = _session.Time.GetElapsedTime(start);
        _uploadState = (await _session.ReadInfoAsync(null, cancellation).ConfigureAwait(false)).Upload;
    }

    private async Task ResetAsync(CancellationToken cancellation)
    {
        Tell(FlashStep.Reset, "reset");
        try
        {
            await _session.ResetAsync(cancellation).ConfigureAwait(false);
        }
        catch (Errors.FirmwareException exception) when (exception.IsTransient)
        {
            // The answer may be lost with the reset itself; whether the image is tried shows in what follows.
            Tell(FlashStep.Reset, "no answer to the reset");
        }
    }

    private void Tell(FlashStep step, string text) => _progress?.Report(new FlashEvent(step, text));

    private string Describe(FlashEnd end) => end switch
    {
        FlashEnd.Unchanged => _plan.Reason,
        FlashEnd.Pending => $"{_plan.ImageName} is tried at the next boot",
        FlashEnd.Started => $"{_plan.ImageName} was started on trial",
        _ => $"{_plan.ImageName} is confirmed",
    };

    /// <summary>Reports in the caller's own thread, so that no report comes after the end.</summary>
    private sealed class Report<T>(Action<T> report) : IProgress<T>
    {
        void IProgress<T>.Report(T value) => report(value);
    }
}
