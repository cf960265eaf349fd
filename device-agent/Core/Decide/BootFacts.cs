using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Decide;

/// <summary>What is known about a slot while the boot decision is taken.</summary>
public enum SlotVerdict : byte
{
    /// <summary>Not looked at yet: looking costs a hash over the whole image.</summary>
    Unknown = 0,
    Good = 1,
    Bad = 2,
}

/// <summary>All that the boot decision depends on (specs/journal.md section 5).</summary>
public sealed class BootFacts
{
    /// <summary>A person, a pin or the serial link asked for recovery.</summary>
    public bool RecoveryRequested;

    /// <summary>State of the newest valid record; None when there is no record.</summary>
    public JournalState State;

    public SlotId ActiveSlot = SlotId.None;
    public SlotId PreviousSlot = SlotId.None;
    public byte TrialBootsLeft;

    /// <summary>What an earlier life of this trial noted (fault, deadline, request), or None.</summary>
    public FailureReason NotedReason;

    /// <summary>True when the watchdog caused this boot.</summary>
    public bool WatchdogReset;

    /// <summary>True when the version in slot B is higher than that in slot A. Used only when both are good.</summary>
    public bool SlotBIsNewer;

    readonly SlotVerdict[] _verdicts = new SlotVerdict[3];

    public SlotVerdict VerdictOf(SlotId slot) => slot <= SlotId.Golden ? _verdicts[(int)slot] : SlotVerdict.Bad;

    public void SetVerdict(SlotId slot, SlotVerdict verdict) => _verdicts[(int)slot] = verdict;

    /// <summary>Takes over what a journal record says.</summary>
    public void TakeRecord(JournalRecord record)
    {
        State = record.State;
        ActiveSlot = record.ActiveSlot;
        PreviousSlot = record.PreviousSlot;
        TrialBootsLeft = record.TrialBootsLeft;
        NotedReason = record.FailureReason;
    }
}
