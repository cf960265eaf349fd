using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Checks;

/// <summary>
/// The two records that may be in force after an operation was cut anywhere: the one from before, and the one that the
/// operation writes, if it writes one. There is no third way.
/// </summary>
/// <param name="Before">Sequence number in force before the operation.</param>
/// <param name="After">Sequence number that the operation would put in force.</param>
internal readonly record struct JournalCommit(uint Before, uint After)
{
    const int RecordBytes = 128;

    public static JournalCommit Of(PendingOperation pending, JournalView inForce)
        => pending.Data.Length >= RecordBytes
            && JournalView.TryParse(pending.Data[..RecordBytes], 0, out JournalView written)
            ? new JournalCommit(inForce.Sequence, written.Sequence)
            : new JournalCommit(inForce.Sequence, inForce.Sequence);

    public bool Allows(JournalView left) => left.Sequence == Before || left.Sequence == After;

    public override string ToString() => $"record {Before} nor {After}";
}
