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
            return BootAction.Of(BootActionKind.Recover, SlotId.None, 0);
        }

        return facts.State switch
        {
            JournalState.Confirmed => DecideConfirmed(facts),
            JournalState.Trial => DecideTrial(facts),
            _ => DecideWithoutJournal(facts),
        };
    }

    /// <summary>
    /// Without a journal: the generation that stands for slot A or B. Its newest one unless that is bad, else 0.
    /// </summary>
    public static ushort CandidateOf(BootFacts facts, SlotId slot)
    {
        ushort newest = facts.NewestGenerations[(int)slot];
        return facts.VerdictOf(slot, newest) == SlotVerdict.Bad ? (ushort)0 : newest;
    }

    // Rows 2 to 6.
    static BootAction DecideWithoutJournal(BootFacts facts)
    {
        for (SlotId slot = SlotId.A; slot <= SlotId.B; slot++)
        {
            ushort candidate = CandidateOf(facts, slot);
            if (facts.VerdictOf(slot, candidate) == SlotVerdict.Unknown)
            {
                return BootAction.Of(BootActionKind.CheckSlot, slot, candidate);
            }
        }

        bool isGoodA = facts.VerdictOf(SlotId.A, CandidateOf(facts, SlotId.A)) == SlotVerdict.Good;
        bool isGoodB = facts.VerdictOf(SlotId.B, CandidateOf(facts, SlotId.B)) == SlotVerdict.Good;
        if (!isGoodA && !isGoodB)
        {
            return GoldenOrRecover(facts, BootActionKind.RebuildConfirmed);
        }

        SlotId chosen = isGoodB && (!isGoodA || facts.SlotBIsNewer) ? SlotId.B : SlotId.A;
        ushort generation = CandidateOf(facts, chosen);
        if (isGoodA && isGoodB)
        {
            return BootAction.Of(BootActionKind.RebuildTrial, chosen, generation);
        }

        // Nobody knows whether the overlay was confirmed; the image below it is the way back.
        SlotVerdict ground = facts.VerdictOf(chosen, 0);
        if (ground == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, chosen, 0);
        }

        return BootAction.Of(
            generation > 0 && ground == SlotVerdict.Good
                ? BootActionKind.RebuildTrial
                : BootActionKind.RebuildConfirmed,
            chosen, generation);
    }

    // Rows 7 to 11.
    static BootAction DecideConfirmed(BootFacts facts)
    {
        SlotVerdict active = facts.VerdictOf(facts.ActiveSlot, facts.ActiveGeneration);
        if (active == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.ActiveSlot, facts.ActiveGeneration);
        }

        if (active == SlotVerdict.Good)
        {
            return BootAction.Of(BootActionKind.Run, facts.ActiveSlot, facts.ActiveGeneration);
        }

        return PreviousOrGolden(facts, BootActionKind.FallBack, FailureReason.None);
    }

    // Rows 12 to 17.
    static BootAction DecideTrial(BootFacts facts)
    {
        bool bootsLeft = facts.TrialBootsLeft > 0;
        SlotVerdict active = facts.VerdictOf(facts.ActiveSlot, facts.ActiveGeneration);
        if (bootsLeft && active == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.ActiveSlot, facts.ActiveGeneration);
        }

        if (bootsLeft && active == SlotVerdict.Good)
        {
            return BootAction.Of(BootActionKind.RunTrial, facts.ActiveSlot, facts.ActiveGeneration);
        }

        return PreviousOrGolden(facts, BootActionKind.Revert, RevertReason(facts, bootsLeft));
    }

    static BootAction PreviousOrGolden(BootFacts facts, BootActionKind kind, FailureReason reason)
    {
        SlotVerdict previous = facts.VerdictOf(facts.PreviousSlot, facts.PreviousGeneration);
        if (previous == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, facts.PreviousSlot, facts.PreviousGeneration);
        }

        if (previous == SlotVerdict.Good)
        {
            return BootAction.Of(kind, facts.PreviousSlot, facts.PreviousGeneration, reason);
        }

        // An overlay that went bad leaves the image below it as it was.
        SlotId ground = facts.ActiveGeneration > 0 ? facts.ActiveSlot
            : facts.PreviousGeneration > 0 ? facts.PreviousSlot
            : SlotId.None;
        return facts.VerdictOf(ground, 0) switch
        {
            SlotVerdict.Unknown => BootAction.Of(BootActionKind.CheckSlot, ground, 0),
            SlotVerdict.Good => BootAction.Of(BootActionKind.FallBack, ground, 0),
            _ => GoldenOrRecover(facts, BootActionKind.FallBack),
        };
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
            return BootAction.Of(BootActionKind.Recover, SlotId.None, 0);
        }

        SlotVerdict golden = facts.VerdictOf(SlotId.Golden, 0);
        if (golden == SlotVerdict.Unknown)
        {
            return BootAction.Of(BootActionKind.CheckSlot, SlotId.Golden, 0);
        }

        return golden == SlotVerdict.Good
            ? BootAction.Of(whenGood, SlotId.Golden, 0)
            : BootAction.Of(BootActionKind.Recover, SlotId.None, 0);
    }
}
