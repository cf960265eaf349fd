using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Decide;

/// <summary>
/// The boot decision: a pure function from facts to the next step, row by row the table of specs/journal.md section 5.
/// It reads no flash and keeps nothing, so every combination of facts can be tried in a test.
/// </summary>
public static class BootDecision
{
    public static BootAction Decide(BootFacts facts)
    {
        if (facts.RecoveryRequested)
        {
            return BootAction.Of(BootActionKind.Recover, SlotId.None);
        }

        return facts.State switch
        {
            JournalState.Confirmed => DecideConfirmed(facts),
            JournalState.Trial => DecideTrial(facts),
            _ => DecideWithoutJournal(facts),
        };
    }

    // Rows 2 to 5.
    static BootAction DecideWithoutJournal(BootFacts facts)
    {
        SlotVerdict a = facts.VerdictOf(SlotId.A);
        SlotVerdict b = facts.VerdictOf(SlotId.B);
        if (a == SlotVerdict.Unknown || b == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, a == SlotVerdict.Unknown ? SlotId.A : SlotId.B);
        }

        if (a == SlotVerdict.Good && b == SlotVerdict.Good)
        {
            return BootAction.Of(BootActionKind.RebuildTrial, facts.SlotBIsNewer ? SlotId.B : SlotId.A);
        }

        if (a == SlotVerdict.Good || b == SlotVerdict.Good)
        {
            return BootAction.Of(BootActionKind.RebuildConfirmed, a == SlotVerdict.Good ? SlotId.A : SlotId.B);
        }

        return GoldenOrRecover(facts, BootActionKind.RebuildConfirmed);
    }

    // Rows 6 to 9.
    static BootAction DecideConfirmed(BootFacts facts)
    {
        SlotVerdict active = facts.VerdictOf(facts.ActiveSlot);
        if (active == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.ActiveSlot);
        }

        if (active == SlotVerdict.Good)
        {
            return BootAction.Of(BootActionKind.Run, facts.ActiveSlot);
        }

        SlotVerdict previous = facts.VerdictOf(facts.PreviousSlot);
        if (previous == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.PreviousSlot);
        }

        return previous == SlotVerdict.Good
            ? BootAction.Of(BootActionKind.FallBack, facts.PreviousSlot)
            : GoldenOrRecover(facts, BootActionKind.FallBack);
    }

    // Rows 10 to 14.
    static BootAction DecideTrial(BootFacts facts)
    {
        bool bootsLeft = facts.TrialBootsLeft > 0;
        SlotVerdict active = facts.VerdictOf(facts.ActiveSlot);
        if (bootsLeft && active == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.ActiveSlot);
        }

        if (bootsLeft && active == SlotVerdict.Good)
        {
            return BootAction.Of(BootActionKind.RunTrial, facts.ActiveSlot);
        }

        SlotVerdict previous = facts.VerdictOf(facts.PreviousSlot);
        if (previous == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.PreviousSlot);
        }

        return previous == SlotVerdict.Good
            ? BootAction.Of(BootActionKind.Revert, facts.PreviousSlot, RevertReason(facts, bootsLeft))
            : GoldenOrRecover(facts, BootActionKind.FallBack);
    }

    static FailureReason RevertReason(BootFacts facts, bool bootsLeft)
    {
        if (bootsLeft)
        {
            return FailureReason.Corrupt;
        }

        if (facts.NotedReason != FailureReason.None)
        {
            return facts.NotedReason;
        }

        return facts.WatchdogReset ? FailureReason.Watchdog : FailureReason.NotConfirmed;
    }

    static BootAction GoldenOrRecover(BootFacts facts, BootActionKind whenGood)
    {
        // When golden itself is the active image and bad, asking for it again would never end.
        if (facts.State != JournalState.None && facts.ActiveSlot == SlotId.Golden)
        {
            return BootAction.Of(BootActionKind.Recover, SlotId.None);
        }

        SlotVerdict golden = facts.VerdictOf(SlotId.Golden);
        if (golden == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, SlotId.Golden);
        }

        return golden == SlotVerdict.Good
            ? BootAction.Of(whenGood, SlotId.Golden)
            : BootAction.Of(BootActionKind.Recover, SlotId.None);
    }
}
