using Twinbank.Core.Format;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// What may be asked of a device about its images: try, confirm, revert, reset to. Each request verifies what it has
/// to and commits with one journal record (specs/journal.md section 6).
/// </summary>
public sealed class ImageControl
{
    readonly DeviceStorage _storage;
    readonly StoredImage _image;
    readonly JournalRecord _next = new JournalRecord();

    public ImageControl(DeviceStorage storage)
    {
        _storage = storage;
        _image = storage.CreateReader();
    }

    /// <summary>
    /// Makes the next boot try a generation of a slot. Gives Ok, WrongState, NotFound, FailedBefore (this image already
    /// failed here and <paramref name="insist"/> is false), or why the image does not verify.
    /// </summary>
    public Status RequestTrial(SlotId slot, ushort generation, bool insist)
    {
        Status status = _storage.Verify(slot, generation, _image);
        if (status != Status.Ok)
        {
            return status;
        }

        JournalRecord current = _storage.Journal.Current;
        if (_storage.NothingBootable)
        {
            return StartOver(slot, generation);
        }

        if (!_storage.Journal.HasRecord)
        {
            return Status.WrongState;
        }

        if (!insist && HasFailed(current, _image.ManifestDigest))
        {
            return Status.FailedBefore;
        }

        status = JournalTransitions.TrialRequested(
            current, slot, generation, _image.ManifestDigest, Probation.Boots(_image.Manifest, _storage.Identity),
            Probation.Seconds(_image.Manifest, _storage.Identity), _next);
        return Commit(status);
    }

    /// <summary>The running trial is good. Ok also when there is no trial: confirming twice is no mistake.</summary>
    public Status Confirm()
    {
        if (!_storage.Journal.HasRecord)
        {
            return Status.WrongState;
        }

        JournalRecord current = _storage.Journal.Current;
        if (current.State == JournalState.Confirmed)
        {
            return Status.Ok;
        }

        Slot? slot = _storage.FindSlot(current.ActiveSlot);
        Status status = slot == null ? Status.NotFound : _image.Load(slot, current.ActiveGeneration);
        if (status == Status.Ok)
        {
            status = JournalTransitions.Confirmed(current, _image.Manifest.SecurityCounter, _next);
        }

        return Commit(status);
    }

    /// <summary>
    /// Ends the trial: the next boot reverts and keeps the reason. WrongState outside a trial. The caller resets.
    /// </summary>
    public Status EndTrial(FailureReason reason, byte resetCause)
        => !_storage.Journal.HasRecord
            ? Status.WrongState
            : Commit(JournalTransitions.FailureNoted(_storage.Journal.Current, reason, resetCause, true, _next));

    /// <summary>
    /// Makes the next boot run another verified generation. Gives Ok, WrongState (during a trial, or it is active),
    /// NotFound (no such slot, or no previous image), FailedBefore, or why that image does not verify.
    /// </summary>
    public Status ResetTo(SlotId slot, ushort generation)
    {
        if (!_storage.Journal.HasRecord || _storage.Journal.Current.State != JournalState.Confirmed)
        {
            return Status.WrongState;
        }

        Status status = _storage.Verify(slot, generation, _image);
        if (status == Status.BadMagic)
        {
            return Status.NotFound;
        }

        // Such a reset is no trial: an image that failed one would run confirmed, with no way back.
        if (status == Status.Ok && HasFailed(_storage.Journal.Current, _image.ManifestDigest))
        {
            status = Status.FailedBefore;
        }

        if (status == Status.Ok)
        {
            status = JournalTransitions.ResetTo(
                _storage.Journal.Current, slot, generation, _image.ManifestDigest, _next);
        }

        return Commit(status);
    }

    /// <summary>True when the journal remembers that the image with this manifest digest failed here.</summary>
    public static bool HasFailed(JournalRecord current, byte[] manifestDigest)
        => current.FailureReason != FailureReason.None
            && Bytes.Equal(current.FailedDigest, 0, manifestDigest, 0, JournalRecord.DigestPrefixBytes);

    // Nothing else on this device can run, so there is no way back that a trial could take: the image is the current
    // one.
    // The counters and the security floor of the journal live on where there is one.
    Status StartOver(SlotId slot, ushort generation)
    {
        uint floor = _storage.SecurityFloor;
        JournalTransitions.Rebuilt(
            slot, generation, _image.ManifestDigest, _image.Manifest.SecurityCounter, _next);
        if (floor > _next.SecurityFloor)
        {
            _next.SecurityFloor = floor;
        }

        return Commit(Status.Ok);
    }

    Status Commit(Status status) => status == Status.Ok ? _storage.Journal.Append(_next) : status;
}
