using Twinbank.Core.Decide;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Tests.Decide;

[TestClass]
public sealed class BootDecisionTests
{
    static readonly SlotVerdict[] s_verdicts = [SlotVerdict.Unknown, SlotVerdict.Good, SlotVerdict.Bad];
    static readonly Place s_none = new(SlotId.None, 0);
    static readonly Place s_golden = new(SlotId.Golden, 0);

    static readonly Place[] s_places =
    [
        new(SlotId.A, 0), new(SlotId.A, 1), new(SlotId.A, 2), new(SlotId.B, 0), new(SlotId.B, 1), s_golden,
    ];

    readonly record struct Place(SlotId Slot, ushort Generation)
    {
        public override string ToString() => Slot == SlotId.None ? "None" : $"{Slot}{Generation}";
    }

    /// <summary>Every combination of facts that a journal record can state, or that there is without one.</summary>
    static IEnumerable<BootFacts> AllFacts()
    {
        foreach (Func<BootFacts> state in AllStates())
        {
            Place[] candidates = Candidates(state());
            int combinations = (int)Math.Pow(s_verdicts.Length, candidates.Length);
            for (int combination = 0; combination < combinations; combination++)
            {
                BootFacts facts = state();
                int rest = combination;
                foreach (Place candidate in candidates)
                {
                    SlotVerdict verdict = s_verdicts[rest % s_verdicts.Length];
                    rest /= s_verdicts.Length;
                    if (verdict != SlotVerdict.Unknown)
                    {
                        facts.SetVerdict(candidate.Slot, candidate.Generation, verdict);
                    }
                }

                yield return facts;
            }
        }
    }

    static IEnumerable<Func<BootFacts>> AllStates()
    {
        foreach (bool recovery in new[] { false, true })
        {
            foreach (ushort newestA in new ushort[] { 0, 2 })
            foreach (ushort newestB in new ushort[] { 0, 1 })
            foreach (bool newer in new[] { false, true })
            {
                yield return () =>
                {
                    var facts = new BootFacts { SlotBIsNewer = newer, RecoveryRequested = recovery };
                    facts.NewestGenerations[0] = newestA;
                    facts.NewestGenerations[1] = newestB;
                    return facts;
                };
            }

            foreach (JournalState state in new[] { JournalState.Confirmed, JournalState.Trial })
            foreach (Place active in s_places)
            foreach (Place previous in s_places.Append(s_none).Where(each => each != active))
            foreach (byte boots in new byte[] { 0, 1, 3 })
            foreach (FailureReason noted in new[] { FailureReason.None, FailureReason.Deadline })
            foreach (bool watchdog in new[] { false, true })
            {
                if (state != JournalState.Trial && (boots != 0 || watchdog))
                {
                    continue;
                }

                yield return () => new BootFacts
                {
                    State = state, ActiveSlot = active.Slot, ActiveGeneration = active.Generation,
                    PreviousSlot = previous.Slot, PreviousGeneration = previous.Generation, TrialBootsLeft = boots,
                    NotedReason = noted, WatchdogReset = watchdog, RecoveryRequested = recovery,
                };
            }
        }
    }

    static Place Active(BootFacts f) => new(f.ActiveSlot, f.ActiveGeneration);

    static Place Previous(BootFacts f) => new(f.PreviousSlot, f.PreviousGeneration);

    static Place Ground(BootFacts f)
        => f.ActiveGeneration > 0 ? new Place(f.ActiveSlot, 0)
            : f.PreviousGeneration > 0 ? new Place(f.PreviousSlot, 0) : s_none;

    static Place[] Candidates(BootFacts f)
        => [.. (f.State == JournalState.None
            ? new[]
            {
                new Place(SlotId.A, f.NewestGenerations[0]), new Place(SlotId.A, 0),
                new Place(SlotId.B, f.NewestGenerations[1]), new Place(SlotId.B, 0), s_golden,
            }
            : [Active(f), Previous(f), Ground(f), s_golden]).Where(each => each != s_none).Distinct()];

    static SlotVerdict Verdict(BootFacts f, Place place) => f.VerdictOf(place.Slot, place.Generation);

    /// <summary>The table of specs/journal.md section 5, written a second time in its own order.</summary>
    static string ExpectedRow(BootFacts f)
    {
        bool Good(Place place) => Verdict(f, place) == SlotVerdict.Good;
        if (f.RecoveryRequested) { return "Recover None None"; }

        if (f.State == JournalState.None)
        {
            Place[] found = [.. new[] { SlotId.A, SlotId.B }.Select(slot =>
            {
                var newest = new Place(slot, f.NewestGenerations[(int)slot]);
                return Good(newest) ? newest : new Place(slot, 0);
            }).Where(Good)];
            return found.Length switch
            {
                2 => $"RebuildTrial {found[f.SlotBIsNewer ? 1 : 0]} None",
                1 when found[0].Generation > 0 && Good(found[0] with { Generation = 0 }) =>
                    $"RebuildTrial {found[0]} None",
                1 => $"RebuildConfirmed {found[0]} None",
                _ => Good(s_golden) ? "RebuildConfirmed Golden0 None" : "Recover None None",
            };
        }

        if (f.State == JournalState.Confirmed && Good(Active(f))) { return $"Run {Active(f)} None"; }
        if (f.State == JournalState.Trial && f.TrialBootsLeft > 0 && Good(Active(f)))
        {
            return $"RunTrial {Active(f)} None";
        }

        if (Good(Previous(f)) && f.State == JournalState.Confirmed) { return $"FallBack {Previous(f)} None"; }
        if (Good(Previous(f)))
        {
            FailureReason reason = f.TrialBootsLeft > 0 ? FailureReason.Corrupt
                : f.NotedReason != FailureReason.None ? f.NotedReason
                : f.WatchdogReset ? FailureReason.Watchdog : FailureReason.NotConfirmed;
            return $"Revert {Previous(f)} {reason}";
        }

        if (Good(Ground(f))) { return $"FallBack {Ground(f)} None"; }
        return Good(s_golden) && f.ActiveSlot != SlotId.Golden ? "FallBack Golden0 None" : "Recover None None";
    }

    static string Text(BootAction action)
        => $"{action.Kind} {new Place(action.Slot, action.Generation)} {action.Reason}";

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
    public void Asks_only_for_candidates_that_are_unknown_and_ends_with_the_same_answer()
    {
        foreach (SlotVerdict answer in new[] { SlotVerdict.Good, SlotVerdict.Bad })
        {
            foreach (BootFacts facts in AllFacts().Where(AnyUnknown))
            {
                BootAction action = BootDecision.Decide(facts);
                for (int asked = 0; action.Kind == BootActionKind.CheckSlot; asked++)
                {
                    Assert.IsLessThan(5, asked);
                    Assert.AreEqual(SlotVerdict.Unknown, facts.VerdictOf(action.Slot, action.Generation));
                    facts.SetVerdict(action.Slot, action.Generation, answer);
                    action = BootDecision.Decide(facts);
                }

                string lazy = Text(action);
                foreach (Place place in Candidates(facts).Where(each => Verdict(facts, each) == SlotVerdict.Unknown))
                {
                    facts.SetVerdict(place.Slot, place.Generation, answer);
                }

                Assert.AreEqual(ExpectedRow(facts), lazy);
            }
        }
    }

    static bool AnyUnknown(BootFacts f) => Candidates(f).Any(each => Verdict(f, each) == SlotVerdict.Unknown);
}
