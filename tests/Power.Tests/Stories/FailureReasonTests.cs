using Twinbank.Core.Journal;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Stories;

/// <summary>
/// Stories without a cut: a bad trial ends with the right reason, after exactly the boots it was granted.
/// </summary>
[TestClass]
public sealed class FailureReasonTests
{
    const int EventReverted = 6;

    [TestMethod]
    [DataRow(nameof(Conduct.Faults), FailureReason.Fault, 3)]
    [DataRow(nameof(Conduct.Hangs), FailureReason.Watchdog, 3)]
    [DataRow(nameof(Conduct.NeverConfirms), FailureReason.Deadline, 1)]
    public void A_bad_trial_is_reverted_with_its_reason(string conduct, FailureReason reason, int boots)
    {
        var world = new SweepWorld(
            SweepGeometry.All[2], SizeClass.Equal, blocks: 2, Enum.Parse<Conduct>(conduct), usesDeltas: true);
        var device = new StoryDevice(world, new StoryVariant());
        JournalView reverted = default;
        int attempts = 0;
        IReadOnlyList<Finding> findings = device.Run(world.MakeFactoryState(), [], pending =>
        {
            if (pending.Data.Length >= 128 && JournalView.TryParse(pending.Data[..128], 0, out JournalView record))
            {
                reverted = record.Event == EventReverted ? record : reverted;
                attempts += record.Event == JournalView.EventAttempt && reverted.Sequence == 0 ? 1 : 0;
            }
        });

        Assert.IsEmpty(findings, string.Join(Environment.NewLine, findings));
        Assert.AreEqual((int)reason, reverted.FailureReason);

        // One more attempt is that of version 1, which the factory state makes a trial.
        Assert.AreEqual(1 + boots, attempts);
    }
}
