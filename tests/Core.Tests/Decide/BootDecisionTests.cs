using Twinbank.Core.Decide;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Tests.Decide;

[TestClass]
public sealed class BootDecisionTests
{
    static readonly SlotVerdict[] s_verdicts = [SlotVerdict.Unknown, SlotVerdict.Good, SlotVerdict.Bad];

    /// <summary>Every combination of facts that a journal record can state.</summary>
    static IEnumerable<BootFacts> AllFacts()
    {
        foreach (JournalState state in new[] { JournalState.None, JournalState.Confirmed, JournalState.Trial })
        foreach (SlotId active in new[] { SlotId.A, SlotId.B, SlotId.Golden })
        foreach (SlotId previous in new[] { SlotId.A, SlotId.B, SlotId.Golden, SlotId.None })
        foreach (byte boots in new byte[] { 0, 1, 3 })
        foreach (FailureReason noted in new[] { FailureReason.None, FailureReason.Fault, FailureReason.Deadline })
        foreach (bool watchdog in new[] { false, true })
        foreach (bool recovery in new[] { false, true })
        foreach (bool newer in new[] { false, true })
        foreach (SlotVerdict a in s_verdicts)
        foreach (SlotVerdict b in s_verdicts)
        foreach (SlotVerdict golden in s_verdicts)
        {
            if (active == previous || (state != JournalState.Trial && boots != 0))
            {
                continue;
            }

            var facts = new BootFacts
            {
                State = state, ActiveSlot = active, PreviousSlot = previous, TrialBootsLeft = boots,
                NotedReason = noted,
                WatchdogReset = watchdog, RecoveryRequested = recovery, SlotBIsNewer = newer,
            };
            facts.SetVerdict(SlotId.A, a);
            facts.SetVerdict(SlotId.B, b);
            facts.SetVerdict(SlotId.Golden, golden);
            yield return facts;
        }
    }

    /// <summary>The table of specs/journal.md section 5, written a second time in its own order.</summary>
    static string ExpectedRow(BootFacts f)
    {
        bool Good(SlotId s) => f.VerdictOf(s) == SlotVerdict.Good;
        if (f.RecoveryRequested) { return "Recover None None"; }

        if (f.State == JournalState.None)
        {
            if (Good(SlotId.A) && Good(SlotId.B)) { return $"RebuildTrial {(f.SlotBIsNewer ? "B" : "A")} None"; }
            if (Good(SlotId.A)) { return "RebuildConfirmed A None"; }
            if (Good(SlotId.B)) { return "RebuildConfirmed B None"; }
            return Good(SlotId.Golden) ? "RebuildConfirmed Golden None" : "Recover None None";
        }

        if (f.State == JournalState.Confirmed)
        {
            if (Good(f.ActiveSlot)) { return $"Run {f.ActiveSlot} None"; }
            if (Good(f.PreviousSlot)) { return $"FallBack {f.PreviousSlot} None"; }
            return Good(SlotId.Golden) ? "FallBack Golden None" : "Recover None None";
        }

        if (f.TrialBootsLeft > 0 && Good(f.ActiveSlot)) { return $"RunTrial {f.ActiveSlot} None"; }
        if (Good(f.PreviousSlot))
        {
            FailureReason reason = f.TrialBootsLeft > 0 ? FailureReason.Corrupt
                : f.NotedReason != FailureReason.None ? f.NotedReason
                : f.WatchdogReset ? FailureReason.Watchdog : FailureReason.NotConfirmed;
            return $"Revert {f.PreviousSlot} {reason}";
        }

        return Good(SlotId.Golden) && f.ActiveSlot != SlotId.Golden ? "FallBack Golden None" : "Recover None None";
    }

    static string Text(BootAction action) => $"{action.Kind} {action.Slot} {action.Reason}";

    [TestMethod]
    public void Follows_the_table_for_every_combination_of_facts()
    {
        int tried = 0;
        foreach (BootFacts facts in AllFacts().Where(f => !AnyUnknown(f)))
        {
            Assert.AreEqual(ExpectedRow(facts), Text(BootDecision.Decide(facts)));
            tried++;
        }

        Assert.IsGreaterThan(5_000, tried);
    }

    [TestMethod]
    public void Asks_only_for_slots_that_are_unknown_and_ends_with_the_same_answer()
    {
        foreach (BootFacts facts in AllFacts().Where(AnyUnknown))
        {
            foreach (SlotVerdict answer in new[] { SlotVerdict.Good, SlotVerdict.Bad })
            {
                var verdicts = new[] { SlotId.A, SlotId.B, SlotId.Golden }.Select(facts.VerdictOf).ToArray();
                BootAction action = BootDecision.Decide(facts);
                for (int asked = 0; action.Kind == BootActionKind.CheckSlot; asked++)
                {
                    Assert.IsLessThan(3, asked);
                    Assert.AreEqual(SlotVerdict.Unknown, facts.VerdictOf(action.Slot));
                    facts.SetVerdict(action.Slot, answer);
                    action = BootDecision.Decide(facts);
                }

                string lazy = Text(action);
                foreach (SlotId slot in new[] { SlotId.A, SlotId.B, SlotId.Golden })
                {
                    if (facts.VerdictOf(slot) == SlotVerdict.Unknown) { facts.SetVerdict(slot, answer); }
                }

                Assert.AreEqual(ExpectedRow(facts), lazy);
                for (int slot = 0; slot < 3; slot++) { facts.SetVerdict((SlotId)slot, verdicts[slot]); }
            }
        }
    }

    static bool AnyUnknown(BootFacts f)
        => f.VerdictOf(SlotId.A) == SlotVerdict.Unknown || f.VerdictOf(SlotId.B) == SlotVerdict.Unknown
            || f.VerdictOf(SlotId.Golden) == SlotVerdict.Unknown;
}
