using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Decide;

/// <summary>What is known about a candidate while the boot decision is taken.</summary>
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
    // Active, previous, golden; or both slots at their newest generation and at 0, and golden.
    const int CandidatesMax = 8;

    /// <summary>A person, a pin or the serial link asked for recovery.</summary>
    public bool RecoveryRequested;

    /// <summary>State of the newest valid record; None when there is no record.</summary>
    public JournalState State;

    public SlotId ActiveSlot = SlotId.None;
    public ushort ActiveGeneration;
    public SlotId PreviousSlot = SlotId.None;
    public ushort PreviousGeneration;
    public byte TrialBootsLeft;

    /// <summary>What an earlier life of this trial noted (fault, deadline, request), or None.</summary>
    public FailureReason NotedReason;

    /// <summary>True when the watchdog caused this boot.</summary>
    public bool WatchdogReset;

    /// <summary>True when the version in slot B is higher than that in slot A. Used only when both are good.</summary>
    public bool SlotBIsNewer;

    /// <summary>Newest generation of slot A and of slot B. Used only without a journal.</summary>
    public readonly ushort[] NewestGenerations = new ushort[2];

    readonly SlotId[] _slots = new SlotId[CandidatesMax];
    readonly ushort[] _generations = new ushort[CandidatesMax];
    readonly SlotVerdict[] _verdicts = new SlotVerdict[CandidatesMax];
    int _count;

    /// <summary>Bad for no slot, Unknown for what was not looked at.</summary>
    public SlotVerdict VerdictOf(SlotId slot, ushort generation)
    {
        int found = Find(slot, generation);
        return slot > SlotId.Golden ? SlotVerdict.Bad : found < 0 ? SlotVerdict.Unknown : _verdicts[found];
    }

    public void SetVerdict(SlotId slot, ushort generation, SlotVerdict verdict)
    {
        int found = Find(slot, generation);
        if (found < 0)
        {
            // Never more of them than one decision names; the last place takes what a damaged journal may add.
            found = _count < CandidatesMax ? _count++ : CandidatesMax - 1;
        }

        _slots[found] = slot;
        _generations[found] = generation;
        _verdicts[found] = verdict;
    }

    /// <summary>Takes over what a journal record says.</summary>
    public void TakeRecord(JournalRecord record)
    {
        State = record.State;
        ActiveSlot = record.ActiveSlot;
        ActiveGeneration = record.ActiveGeneration;
        PreviousSlot = record.PreviousSlot;
        PreviousGeneration = record.PreviousGeneration;
        TrialBootsLeft = record.TrialBootsLeft;
        NotedReason = record.FailureReason;
    }

    int Find(SlotId slot, ushort generation)
    {
        for (int i = 0; i < _count; i++)
        {
            if (_slots[i] == slot && _generations[i] == generation)
            {
                return i;
            }
        }

        return -1;
    }
}
