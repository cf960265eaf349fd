using Twinbank.Core.Journal;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Plans;

/// <summary>Follows a device through the trial of an image until it is confirmed or reverted.</summary>
internal sealed class TrialWatch
{
    // Over the device's own limit: for restarting, checking the image, and answers that come late.
    private static readonly TimeSpan s_grace = TimeSpan.FromSeconds(60);

    private readonly DeviceSession _session;
    private readonly FlashPlan _plan;
    private readonly Action<FlashStep, string> _tell;
    private readonly long _start;
    private TimeSpan _patience = s_grace;
    private long? _runningSince;
    private string _found = "it did not answer";

    public TrialWatch(DeviceSession session, FlashPlan plan, Action<FlashStep, string> tell)
    {
        _session = session;
        _plan = plan;
        _tell = tell;
        _start = session.Time.GetTimestamp();
    }

    /// <summary>Returns when the image is confirmed.</summary>
    /// <exception cref="FirmwareException">ImageReverted, OutcomeUnknown, or LinkLost.</exception>
    public async Task WaitAsync(CancellationToken cancellation)
    {
        _tell(FlashStep.WaitForTrial, "waiting for the device");
        while (true)
        {
            DeviceInfo? info = await AskAsync(cancellation).ConfigureAwait(false);
            if (info is not null && await IsConfirmedAsync(info, cancellation).ConfigureAwait(false))
            {
                return;
            }

            TimeSpan patience = _plan.Options.OutcomePatience ?? _patience;
            if (_session.Time.GetElapsedTime(_start) > patience)
            {
                throw new FirmwareException(
                    ErrorCode.OutcomeUnknown, ("timeout", (int)patience.TotalSeconds), ("image", _plan.ImageName),
                    ("found", _found));
            }

            await Task.Delay(_plan.Options.PollInterval, _session.Time, cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>The device's state, or null while it does not answer: it restarts, or its application is
    /// busy.</summary>
    private async Task<DeviceInfo?> AskAsync(CancellationToken cancellation)
    {
        try
        {
            return await _session.ReadInfoAsync(SmpPatience.Short, cancellation).ConfigureAwait(false);
        }
        catch (FirmwareException exception) when (exception.Code == ErrorCode.NoAnswer)
        {
            _found = "it did not answer";
            return null;
        }
    }

    private async Task<bool> IsConfirmedAsync(DeviceInfo info, CancellationToken cancellation)
    {
        bool isTarget = info.ActiveSlot == _plan.TargetSlot;
        if (info.State == JournalState.Trial && isTarget)
        {
            await FollowTrialAsync(info, cancellation).ConfigureAwait(false);
            return false;
        }

        if (info.State == JournalState.Confirmed && isTarget
            && await HoldsImageAsync(cancellation).ConfigureAwait(false))
        {
            return true;
        }

        if (info.State == JournalState.Confirmed)
        {
            string reason = info.Failure is { } failure && failure.IsOf(_plan.ManifestDigest)
                ? failure.Describe()
                : "it gave no reason";
            throw new FirmwareException(ErrorCode.ImageReverted, ("image", _plan.ImageName), ("reason", reason));
        }

        _found = "it has no valid journal";
        return false;
    }

    private async Task FollowTrialAsync(DeviceInfo info, CancellationToken cancellation)
    {
        _patience = info.TrialTimeMax + s_grace;

        // Before the reset an overlay's slot runs already, but not this generation of it.
        if (info.RunningSlot == _plan.TargetSlot && info.RunningGeneration == info.Generation)
        {
            await FollowRunningAsync(info, cancellation).ConfigureAwait(false);
            return;
        }

        _runningSince = null;
        _found = info.IsInRecovery ? "it waits in recovery" : "it has not started the image yet";
        if (info.IsInRecovery)
        {
            // The question itself kept it there, in the moment a boot stage grants after a fault: let it go on.
            await _session.ResetAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task FollowRunningAsync(DeviceInfo info, CancellationToken cancellation)
    {
        if (_runningSince is null)
        {
            _runningSince = _session.Time.GetTimestamp();
            _tell(
                FlashStep.WaitForConfirmation,
                $"{_plan.ImageName} runs from slot {_plan.TargetSlotName}, {info.TrialBootsLeft} boots left");
        }

        _found = "it is still trying the image";
        TimeSpan running = _session.Time.GetElapsedTime(_runningSince.Value);
        if (_plan.Options.ConfirmsFromHost && running >= TimeSpan.FromSeconds(info.ProbationSeconds))
        {
            await _session.ConfirmAsync(cancellation).ConfigureAwait(false);
        }
    }

    private async Task<bool> HoldsImageAsync(CancellationToken cancellation)
    {
        IReadOnlyList<SlotImage> images = await _session.ReadImagesAsync(cancellation).ConfigureAwait(false);
        return images.Any(image => image.IsConfirmed && image.Is(_plan.ManifestDigest));
    }
}
