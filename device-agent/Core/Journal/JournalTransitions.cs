using Twinbank.Core.Slots;

namespace Twinbank.Core.Journal;

/// <summary>
/// The records that follow a record (specs/journal.md section 6), as pure functions: each fills <c>next</c> from
/// <c>current</c> and gives Ok, or the reason why the request is refused. Nothing touches flash here.
/// </summary>
public static class JournalTransitions
{
    /// <summary>
    /// The slot's content is about to be given up. Refused during a trial, for the active slot and for golden; with
    /// <paramref name="nothingBootable"/> only for golden.
    /// </summary>
    public static Status InstallStarted(JournalRecord current, SlotId slot, bool nothingBootable, JournalRecord next)
    {
        // During a trial the other slot holds the confirmed image, which is the way back (invariant I2).
        bool isProtected = current.State != JournalState.Confirmed || slot == current.ActiveSlot;
        if (slot > SlotId.B || (isProtected && !nothingBootable))
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.InstallStarted;
        next.InstallingSlot = slot;
        if (next.PreviousSlot == slot)
        {
            ForgetPrevious(next);
        }

        return Status.Ok;
    }

    /// <summary>A verified image is to be tried from the next boot on, with the active one as the way back.</summary>
    public static Status TrialRequested(
        JournalRecord current, SlotId slot, ushort generation, byte[] manifestDigest, byte boots,
        uint probationSeconds, JournalRecord next)
    {
        if (current.State != JournalState.Confirmed || IsActive(current, slot, generation) || slot > SlotId.B
            || boots == 0)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.TrialRequested;
        next.State = JournalState.Trial;
        MakeActivePrevious(next);
        MakeActive(next, slot, generation, manifestDigest);
        next.TrialBootsGranted = boots;
        next.TrialBootsLeft = boots;
        next.ProbationSeconds = probationSeconds;
        next.InstallingSlot = SlotId.None;
        next.InstallCount = current.InstallCount + 1;
        next.ClearFailure();
        return Status.Ok;
    }

    /// <summary>
    /// One trial boot is spent. Appended before the jump, so that a boot that dies at once is counted too.
    /// </summary>
    public static Status Attempt(JournalRecord current, JournalRecord next)
    {
        if (current.State != JournalState.Trial || current.TrialBootsLeft == 0)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.Attempt;
        next.TrialBootsLeft = (byte)(current.TrialBootsLeft - 1);
        next.AttemptCount = current.AttemptCount + 1;
        return Status.Ok;
    }

    /// <summary>
    /// The trial becomes the current image. Only now does the security floor rise, to the counter of the image: until
    /// this record the old floor holds, so a revert always works. An older image whose counter is below the new floor
    /// cannot be returned to any more.
    /// </summary>
    public static Status Confirmed(JournalRecord current, uint securityCounter, JournalRecord next)
    {
        if (current.State != JournalState.Trial)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.Confirmed;
        EndTrial(next);
        if (securityCounter > next.SecurityFloor)
        {
            next.SecurityFloor = securityCounter;
        }

        next.ClearFailure();
        return Status.Ok;
    }

    /// <summary>
    /// The previous image is current again; the failed one stays in its slot and in the journal, with the reason.
    /// </summary>
    public static Status Reverted(
        JournalRecord current, FailureReason reason, Status failureStatus, byte resetCause, JournalRecord next)
    {
        if (current.State != JournalState.Trial || current.PreviousSlot == SlotId.None)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.Reverted;
        NoteFailed(next, reason, failureStatus, resetCause);
        EndTrial(next);
        next.ActiveSlot = current.PreviousSlot;
        next.ActiveGeneration = current.PreviousGeneration;
        Bytes.Copy(current.PreviousDigest, 0, next.ActiveDigest, 0, JournalRecord.DigestPrefixBytes);
        ForgetPrevious(next);
        next.RevertCount = current.RevertCount + 1;
        return Status.Ok;
    }

    /// <summary>
    /// What ended the last life of a trial. With <paramref name="endTrial"/> no boots are left, so that the next boot
    /// reverts; without it the trial goes on as long as it has boots.
    /// </summary>
    public static Status FailureNoted(
        JournalRecord current, FailureReason reason, byte resetCause, bool endTrial, JournalRecord next)
    {
        if (current.State != JournalState.Trial)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.FailureNoted;
        NoteFailed(next, reason, Status.Ok, resetCause);
        if (endTrial)
        {
            next.TrialBootsLeft = 0;
        }

        return Status.Ok;
    }

    /// <summary>The active image does not verify any more; a verified one takes its place.</summary>
    public static Status FellBack(
        JournalRecord current, SlotId slot, ushort generation, byte[] manifestDigest, Status found, byte resetCause,
        JournalRecord next)
    {
        if (IsActive(current, slot, generation) || slot > SlotId.Golden)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.FellBack;
        NoteFailed(next, FailureReason.Corrupt, found, resetCause);
        EndTrial(next);
        MakeActive(next, slot, generation, manifestDigest);
        ForgetPrevious(next);
        return Status.Ok;
    }

    /// <summary>A person chose another verified image. The one that was active stays as the previous one.</summary>
    public static Status ResetTo(
        JournalRecord current, SlotId slot, ushort generation, byte[] manifestDigest, JournalRecord next)
    {
        if (current.State != JournalState.Confirmed || IsActive(current, slot, generation) || slot > SlotId.Golden)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.ResetTo;
        MakeActivePrevious(next);
        MakeActive(next, slot, generation, manifestDigest);
        next.InstallingSlot = SlotId.None;
        return Status.Ok;
    }

    /// <summary>
    /// Golden is about to become the active image. A previous image in golden is given up with this record, so that no
    /// boot looks there for an image that is gone.
    /// </summary>
    public static Status PromotionStarted(JournalRecord current, JournalRecord next)
    {
        if (current.State != JournalState.Confirmed || current.ActiveSlot == SlotId.Golden)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.PromotionStarted;
        if (next.PreviousSlot == SlotId.Golden)
        {
            ForgetPrevious(next);
        }

        return Status.Ok;
    }

    /// <summary>Golden holds the active image.</summary>
    public static Status Promoted(JournalRecord current, JournalRecord next)
    {
        if (current.State != JournalState.Confirmed)
        {
            return Status.WrongState;
        }

        next.CopyFrom(current);
        next.Event = JournalEvent.Promoted;
        return Status.Ok;
    }

    /// <summary>The first record of an unreadable journal: one verified image, confirmed.</summary>
    public static void Rebuilt(
        SlotId slot, ushort generation, byte[] manifestDigest, uint securityCounter, JournalRecord next)
    {
        next.Clear();
        next.Event = JournalEvent.Rebuilt;
        next.State = JournalState.Confirmed;
        MakeActive(next, slot, generation, manifestDigest);
        next.SecurityFloor = securityCounter;
    }

    /// <summary>
    /// Turns a rebuilt record into a trial of another, newer image: nobody knows any more whether it was confirmed, so
    /// it has to show again that it runs, with the older one as the way back.
    /// </summary>
    public static void RebuiltAsTrial(
        SlotId newer, ushort generation, byte[] manifestDigest, byte boots, uint probationSeconds,
        JournalRecord record)
    {
        record.State = JournalState.Trial;
        MakeActivePrevious(record);
        MakeActive(record, newer, generation, manifestDigest);
        record.TrialBootsGranted = boots;
        record.TrialBootsLeft = boots;
        record.ProbationSeconds = probationSeconds;
    }

    static bool IsActive(JournalRecord record, SlotId slot, ushort generation)
        => slot == record.ActiveSlot && generation == record.ActiveGeneration;

    static void MakeActive(JournalRecord record, SlotId slot, ushort generation, byte[] manifestDigest)
    {
        record.ActiveSlot = slot;
        record.ActiveGeneration = generation;
        Bytes.Copy(manifestDigest, 0, record.ActiveDigest, 0, JournalRecord.DigestPrefixBytes);
    }

    static void MakeActivePrevious(JournalRecord record)
    {
        record.PreviousSlot = record.ActiveSlot;
        record.PreviousGeneration = record.ActiveGeneration;
        Bytes.Copy(record.ActiveDigest, 0, record.PreviousDigest, 0, JournalRecord.DigestPrefixBytes);
    }

    static void ForgetPrevious(JournalRecord record)
    {
        record.PreviousSlot = SlotId.None;
        record.PreviousGeneration = 0;
        Bytes.Fill(record.PreviousDigest, 0, JournalRecord.DigestPrefixBytes, 0);
    }

    static void EndTrial(JournalRecord record)
    {
        record.State = JournalState.Confirmed;
        record.TrialBootsLeft = 0;
        record.TrialBootsGranted = 0;
        record.ProbationSeconds = 0;
    }

    // The address, detail and access of a fault are filled by the caller: only it has the fault record.
    static void NoteFailed(JournalRecord record, FailureReason reason, Status status, byte resetCause)
    {
        record.FailureReason = reason;
        record.FailureStatus = status;
        record.ResetCause = resetCause;
        record.FailedSlot = record.ActiveSlot;
        Bytes.Copy(record.ActiveDigest, 0, record.FailedDigest, 0, JournalRecord.DigestPrefixBytes);
    }
}
