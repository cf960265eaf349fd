using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;

namespace Twinbank.Boot;

/// <summary>Writes down how the last life of a trial ended, before anything else happens in this one.</summary>
static class PreviousLife
{
    /// <summary>
    /// Appends one record when a trial that had started ended by a fault, a return or the watchdog. Anything else,
    /// power loss and requested resets, is no failure of the image: it only costs the boot it was granted.
    /// </summary>
    internal static Status Note(BootPlatform platform, DeviceStorage storage, JournalRecord next)
    {
        if (!storage.Journal.HasRecord)
        {
            return Status.Ok;
        }

        JournalRecord current = storage.Journal.Current;
        bool wasTried = current.State == JournalState.Trial && current.TrialBootsLeft < current.TrialBootsGranted;
        FailureReason reason = ReasonOf(platform);
        if (!wasTried || reason == FailureReason.None || current.Event == JournalEvent.FailureNoted)
        {
            return Status.Ok;
        }

        Status status = JournalTransitions.FailureNoted(
            current, reason, (byte)platform.ResetCause, endTrial: false, next);
        if (status != Status.Ok)
        {
            return status;
        }

        FaultRecord fault = platform.LastFault;
        next.FailureAddress = fault.ProgramCounter;
        next.FailureDetail = fault.StatusWord;
        next.FaultAddress = fault.Address;
        return storage.Journal.Append(next);
    }

    static FailureReason ReasonOf(BootPlatform platform)
    {
        FaultKind kind = platform.LastFault.Kind;
        if (platform.ResetCause == ResetCause.Watchdog || kind == FaultKind.Watchdog)
        {
            return FailureReason.Watchdog;
        }

        if (kind == FaultKind.Returned)
        {
            return FailureReason.Returned;
        }

        return platform.ResetCause == ResetCause.Fault || kind != FaultKind.None
            ? FailureReason.Fault
            : FailureReason.None;
    }
}
