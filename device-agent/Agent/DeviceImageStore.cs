using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Agent;

/// <summary>The images of a device with our slots, journal and installer. An upload is a container
/// (specs/image.md).</summary>
public sealed class DeviceImageStore : ImageStore
{
    readonly DeviceStorage _storage;
    readonly ImageControl _control;
    readonly Installer _installer;
    readonly RunState _run;
    readonly StoredImage _image;
    readonly JournalRecord _next = new JournalRecord();
    uint _uploadBytes;
    bool _insisted;
    ushort _foundGeneration;

    public DeviceImageStore(DeviceStorage storage, ImageControl control, Installer installer, RunState run)
    {
        _storage = storage;
        _control = control;
        _installer = installer;
        _run = run;
        _image = storage.CreateReader();
        Promoter = new GoldenPromoter(storage, _image);
    }

    public override int SlotCount => _storage.FindSlot(SlotId.Golden) == null ? 2 : 3;

    public override int UploadSlot
        => _storage.Journal.HasRecord && _storage.Journal.Current.ActiveSlot == SlotId.A
            ? (int)SlotId.B
            : (int)SlotId.A;

    public override uint SlotBytes(int slot) => FindSlot(slot)!.Region.SizeBytes;

    public override uint ImageBytesMax => _storage.SlotA.BlockAreaBytes;

    public override uint UploadOffset => _installer.NextOffset;

    /// <summary>True when every block is there: each was checked against its signed hash.</summary>
    public override bool UploadMatches => _installer.Phase == InstallPhase.Complete;

    /// <summary>Why the last upload was refused or broken off; Ok when it was not.</summary>
    public Status LastUploadStatus { get; private set; }

    public override Status ReadSlot(int slot, SlotStatus status)
    {
        Slot found = FindSlot(slot)!;
        ushort generation = ShownGeneration(found.Id);
        if (_image.Load(found, generation) != Status.Ok)
        {
            return Status.NotFound;
        }

        Manifest manifest = _image.Manifest;
        status.Slot = (uint)slot;
        status.VersionMajor = manifest.VersionMajor;
        status.VersionMinor = manifest.VersionMinor;
        status.VersionPatch = manifest.VersionPatch;
        status.VersionBuild = manifest.VersionBuild;
        status.DigestBytes = Manifest.DigestBytes;
        Bytes.Copy(_image.ManifestDigest, 0, status.Digest, 0, Manifest.DigestBytes);
        status.IsActive = IsRunning(found.Id, generation);
        status.IsPermanent = false;
        status.IsPending = IsTrial && IsNamedActive(found.Id, generation) && !status.IsActive;
        status.IsConfirmed = _storage.Journal.HasRecord
            && (IsTrial ? IsNamedPrevious(found.Id, generation) : IsNamedActive(found.Id, generation));
        status.IsBootable = status.IsActive || (!IsBeingWritten(found.Id) && IsWhole());
        return Status.Ok;
    }

    public override Status BeginUpload(
        uint totalBytes, byte[] source, int digestOffset, int digestBytes, bool insist)
        => Begin(totalBytes, insist, isOverlay: false);

    public override Status BeginOverlay(
        uint totalBytes, byte[] source, int digestOffset, int digestBytes, bool insist)
        => Begin(totalBytes, insist, isOverlay: true);

    public override Status AcceptUpload(byte[] data, int offset, int count)
    {
        // The header goes in alone: a length that contradicts it is found before a block is touched.
        int headCount = 0;
        if (_installer.NextOffset < ContainerHeader.SizeBytes)
        {
            int headLeft = ContainerHeader.SizeBytes - (int)_installer.NextOffset;
            headCount = count < headLeft ? count : headLeft;
            Status status = _installer.Accept(data, offset, headCount);
            if (status == Status.Ok && _installer.ContainerBytes != 0 && _installer.ContainerBytes != _uploadBytes)
            {
                _installer.Abandon();
                status = Status.BadLength;
            }

            if (status != Status.Ok)
            {
                return Note(status);
            }
        }

        return Note(headCount == count ? Status.Ok : _installer.Accept(data, offset + headCount, count - headCount));
    }

    public override Status RequestTrial(byte[] source, int digestOffset, int digestBytes)
    {
        Slot? slot = FindImage(source, digestOffset, digestBytes);
        if (slot == null)
        {
            return Status.NotFound;
        }

        // Asked again because the first answer was lost.
        if (IsTrial && IsNamedActive(slot.Id, _foundGeneration) && !IsRunning(slot.Id, _foundGeneration))
        {
            return Status.Ok;
        }

        bool insist = _insisted && _installer.Phase == InstallPhase.Complete && _installer.TargetSlot == slot.Id
            && _installer.TargetGeneration == _foundGeneration;
        return _control.RequestTrial(slot.Id, _foundGeneration, insist);
    }

    public override Status Confirm(byte[] source, int digestOffset, int digestBytes)
    {
        if (_run.RunningSlot == SlotId.None)
        {
            return Status.WrongState;
        }

        if (digestBytes != 0)
        {
            // An image is confirmed by running well, never unseen.
            Slot? running = FindSlot((int)_run.RunningSlot);
            if (running == null || !Holds(running, _run.RunningGeneration, source, digestOffset, digestBytes))
            {
                return FindImage(source, digestOffset, digestBytes) == null ? Status.NotFound : Status.WrongState;
            }
        }

        // A trial that waits for the next boot is not what runs: the running image is confirmed already.
        return IsTrial && !IsRunning(Current.ActiveSlot, Current.ActiveGeneration) ? Status.Ok : _control.Confirm();
    }

    public override Status Erase(int slot)
    {
        Slot? found = FindSlot(slot);
        if (found == null)
        {
            return Status.NotFound;
        }

        if (found.Id == _run.RunningSlot)
        {
            return Status.WrongState;
        }

        Status status = GiveUp(found.Id);
        _installer.Abandon();

        // The header goes first: power loss on the way leaves an empty slot.
        uint sectorBytes = found.Region.SectorBytes;
        for (uint offset = 0; offset < found.Region.SizeBytes && status == Status.Ok; offset += sectorBytes)
        {
            status = found.Region.EraseSector(offset);
        }

        return status;
    }

    /// <summary>Ends a trial and returns to the image before it at the next boot; WrongState without a trial.</summary>
    public Status Revert() => _control.EndTrial(FailureReason.Requested, _run.ResetCause);

    /// <summary>
    /// Chooses the image of the next boot: <see cref="SlotId.None"/> the confirmed one (ends a trial), else a slot's.
    /// </summary>
    public Status ResetTo(SlotId slot, ushort generation)
    {
        if (slot == SlotId.None)
        {
            return IsTrial ? Revert() : Status.Ok;
        }

        return _control.ResetTo(slot, generation);
    }

    /// <summary>Copies into the golden store.</summary>
    public GoldenPromoter Promoter { get; }

    /// <summary>
    /// Does the next step of making golden the running image, which has to have this manifest digest. Gives Ok,
    /// BadField without a digest, or as <see cref="GoldenPromoter.Step"/>.
    /// </summary>
    public Status Promote(byte[] source, int digestOffset, int digestBytes)
        => digestBytes == Manifest.DigestBytes
            ? Promoter.Step(_run.RunningSlot, source, digestOffset, isForced: true)
            : Status.BadField;

    /// <summary>The same for what nobody asked for: golden only goes forward.</summary>
    public Status PromoteForward(byte[] manifestDigest)
        => Promoter.Step(_run.RunningSlot, manifestDigest, 0, isForced: false);

    /// <summary>Slot of the image before the current one; None when there is none.</summary>
    public SlotId PreviousSlot => _storage.Journal.HasRecord ? Current.PreviousSlot : SlotId.None;

    /// <summary>Its generation.</summary>
    public ushort PreviousGeneration => _storage.Journal.HasRecord ? Current.PreviousGeneration : (ushort)0;

    JournalRecord Current => _storage.Journal.Current;

    bool IsTrial => _storage.Journal.HasRecord && Current.State == JournalState.Trial;

    bool IsBeingWritten(SlotId slot)
        => _installer.TargetSlot == slot
            && _installer.Phase is InstallPhase.Header or InstallPhase.Tables or InstallPhase.Blocks;

    bool IsWhole()
        => _image.CheckTrust(_storage.Trust, _storage.Identity, _storage.SecurityFloor) == Status.Ok
            && _image.CheckBlocks() == Status.Ok;

    Slot? FindSlot(int slot) => _storage.FindSlot((SlotId)slot);

    Slot? FindImage(byte[] source, int digestOffset, int digestBytes)
    {
        if (digestBytes != Manifest.DigestBytes)
        {
            return null;
        }

        // Several places may hold the same image: what was sent last is meant, else one that is not active yet.
        Slot? found = _installer.Phase == InstallPhase.Complete ? _storage.FindSlot(_installer.TargetSlot) : null;
        if (found != null && Holds(found, _installer.TargetGeneration, source, digestOffset, digestBytes))
        {
            _foundGeneration = _installer.TargetGeneration;
            return found;
        }

        found = null;
        for (int i = 0; i < SlotCount; i++)
        {
            Slot slot = FindSlot(i)!;
            int newest = _storage.NewestGeneration(slot);
            for (int generation = newest; generation >= 0; generation--)
            {
                if (!Holds(slot, (ushort)generation, source, digestOffset, digestBytes))
                {
                    continue;
                }

                found = slot;
                _foundGeneration = (ushort)generation;
                if (!IsNamedActive(slot.Id, (ushort)generation))
                {
                    return found;
                }
            }
        }

        return found;
    }

    bool Holds(Slot slot, ushort generation, byte[] source, int digestOffset, int digestBytes)
        => digestBytes == Manifest.DigestBytes && _image.Load(slot, generation) == Status.Ok
            && Bytes.Equal(_image.ManifestDigest, 0, source, digestOffset, digestBytes);

    Status Begin(uint totalBytes, bool insist, bool isOverlay)
    {
        _uploadBytes = totalBytes;
        _insisted = insist;
        return Note(totalBytes < ContainerHeader.SizeBytes ? Status.BadLength : _installer.Begin(insist, isOverlay));
    }

    // One generation stands for its slot in the image list.
    ushort ShownGeneration(SlotId slot)
        => !_storage.Journal.HasRecord ? (ushort)0
            : slot == Current.ActiveSlot ? Current.ActiveGeneration
            : slot == Current.PreviousSlot ? Current.PreviousGeneration
            : (ushort)0;

    bool IsRunning(SlotId slot, ushort generation)
        => slot == _run.RunningSlot && generation == _run.RunningGeneration;

    bool IsNamedActive(SlotId slot, ushort generation)
        => _storage.Journal.HasRecord && slot == Current.ActiveSlot && generation == Current.ActiveGeneration;

    bool IsNamedPrevious(SlotId slot, ushort generation)
        => slot == Current.PreviousSlot && generation == Current.PreviousGeneration;

    // The journal knows it before the first erase, so that no boot believes in a previous image that is half gone.
    Status GiveUp(SlotId slot)
    {
        if (!_storage.Journal.HasRecord)
        {
            return _storage.NothingBootable && slot <= SlotId.B ? Status.Ok : Status.WrongState;
        }

        Status status = JournalTransitions.InstallStarted(Current, slot, _storage.NothingBootable, _next);
        return status == Status.Ok ? _storage.Journal.Append(_next) : status;
    }

    Status Note(Status status)
    {
        LastUploadStatus = status;
        return status;
    }
}
