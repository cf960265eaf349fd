using Twinbank.Core.Checks;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Journal;

/// <summary>The device's image state at one moment (specs/journal.md section 2).</summary>
public sealed class JournalRecord
{
    public const int SizeBytes = 128;
    public const uint Magic = 0x4A425754;
    public const byte Version = 1;

    /// <summary>
    /// More records than any flash endures: 100,000 erases of a sector of 256 KiB hold 205 million. A larger number is
    /// damage, and one that may wrap would make the newest record the oldest.
    /// </summary>
    public const uint SequenceMax = 0x7FFFFFFF;

    /// <summary>
    /// As much of a manifest digest as the journal keeps: enough that no two images of a product share it.
    /// </summary>
    public const int DigestPrefixBytes = 16;

    const int SequenceOffset = 4, VersionOffset = 8, StateOffset = 9, ActiveSlotOffset = 10, PreviousSlotOffset = 11;
    const int ActiveGenerationOffset = 12, PreviousGenerationOffset = 14, TrialBootsLeftOffset = 16;
    const int TrialBootsGrantedOffset = 17, InstallingSlotOffset = 18, EventOffset = 19, ProbationSecondsOffset = 20;
    const int SecurityFloorOffset = 24, FailureReasonOffset = 28, FailureStatusOffset = 29, FailedSlotOffset = 30;
    const int ResetCauseOffset = 31, FailureAddressOffset = 32, FailureDetailOffset = 36, FaultAddressOffset = 40;
    const int AttemptCountOffset = 44, RevertCountOffset = 48, InstallCountOffset = 52, FailedDigestOffset = 56;
    const int ActiveDigestOffset = 72, PreviousDigestOffset = 88, ReservedOffset = 104, ReservedBytes = 20;
    const int CrcOffset = 124;

    public uint Sequence;
    public JournalState State;
    public SlotId ActiveSlot;
    public SlotId PreviousSlot = SlotId.None;
    public ushort ActiveGeneration;
    public ushort PreviousGeneration;
    public byte TrialBootsLeft;
    public byte TrialBootsGranted;
    public SlotId InstallingSlot = SlotId.None;
    public JournalEvent Event;
    public uint ProbationSeconds;
    public uint SecurityFloor;
    public FailureReason FailureReason;
    public Status FailureStatus;
    public SlotId FailedSlot = SlotId.None;
    public byte ResetCause;
    public uint FailureAddress;
    public uint FailureDetail;
    public uint FaultAddress;
    public uint AttemptCount;
    public uint RevertCount;
    public uint InstallCount;
    public readonly byte[] FailedDigest = new byte[DigestPrefixBytes];
    public readonly byte[] ActiveDigest = new byte[DigestPrefixBytes];
    public readonly byte[] PreviousDigest = new byte[DigestPrefixBytes];

    /// <summary>Gives Ok, BadMagic, BadChecksum, BadVersion, BadReserved or BadField.</summary>
    public Status Read(byte[] source, int offset)
    {
        if (LittleEndian.ReadU32(source, offset) != Magic)
        {
            return Status.BadMagic;
        }

        if (Crc32C.Compute(source, offset, CrcOffset) != LittleEndian.ReadU32(source, offset + CrcOffset))
        {
            return Status.BadChecksum;
        }

        if (source[offset + VersionOffset] != Version)
        {
            return Status.BadVersion;
        }

        if (!Bytes.AllAre(source, offset + ReservedOffset, ReservedBytes, 0))
        {
            return Status.BadReserved;
        }

        ReadFields(source, offset);
        return FieldsAreConsistent() ? Status.Ok : Status.BadField;
    }

    /// <summary>Writes 128 bytes with their checksum.</summary>
    public void Write(byte[] target, int offset)
    {
        Bytes.Fill(target, offset, SizeBytes, 0);
        LittleEndian.WriteU32(target, offset, Magic);
        LittleEndian.WriteU32(target, offset + SequenceOffset, Sequence);
        target[offset + VersionOffset] = Version;
        target[offset + StateOffset] = (byte)State;
        target[offset + ActiveSlotOffset] = (byte)ActiveSlot;
        target[offset + PreviousSlotOffset] = (byte)PreviousSlot;
        LittleEndian.WriteU16(target, offset + ActiveGenerationOffset, ActiveGeneration);
        LittleEndian.WriteU16(target, offset + PreviousGenerationOffset, PreviousGeneration);
        target[offset + TrialBootsLeftOffset] = TrialBootsLeft;
        target[offset + TrialBootsGrantedOffset] = TrialBootsGranted;
        target[offset + InstallingSlotOffset] = (byte)InstallingSlot;
        target[offset + EventOffset] = (byte)Event;
        LittleEndian.WriteU32(target, offset + ProbationSecondsOffset, ProbationSeconds);
        LittleEndian.WriteU32(target, offset + SecurityFloorOffset, SecurityFloor);
        target[offset + FailureReasonOffset] = (byte)FailureReason;
        target[offset + FailureStatusOffset] = (byte)FailureStatus;
        target[offset + FailedSlotOffset] = (byte)FailedSlot;
        target[offset + ResetCauseOffset] = ResetCause;
        LittleEndian.WriteU32(target, offset + FailureAddressOffset, FailureAddress);
        LittleEndian.WriteU32(target, offset + FailureDetailOffset, FailureDetail);
        LittleEndian.WriteU32(target, offset + FaultAddressOffset, FaultAddress);
        LittleEndian.WriteU32(target, offset + AttemptCountOffset, AttemptCount);
        LittleEndian.WriteU32(target, offset + RevertCountOffset, RevertCount);
        LittleEndian.WriteU32(target, offset + InstallCountOffset, InstallCount);
        Bytes.Copy(FailedDigest, 0, target, offset + FailedDigestOffset, DigestPrefixBytes);
        Bytes.Copy(ActiveDigest, 0, target, offset + ActiveDigestOffset, DigestPrefixBytes);
        Bytes.Copy(PreviousDigest, 0, target, offset + PreviousDigestOffset, DigestPrefixBytes);
        LittleEndian.WriteU32(target, offset + CrcOffset, Crc32C.Compute(target, offset, CrcOffset));
    }

    /// <summary>Back to the state of a new object.</summary>
    public void Clear()
    {
        Sequence = 0;
        State = JournalState.None;
        ActiveSlot = SlotId.A;
        PreviousSlot = SlotId.None;
        ActiveGeneration = 0;
        PreviousGeneration = 0;
        TrialBootsLeft = 0;
        TrialBootsGranted = 0;
        InstallingSlot = SlotId.None;
        Event = JournalEvent.None;
        ProbationSeconds = 0;
        SecurityFloor = 0;
        AttemptCount = 0;
        RevertCount = 0;
        InstallCount = 0;
        Bytes.Fill(ActiveDigest, 0, DigestPrefixBytes, 0);
        Bytes.Fill(PreviousDigest, 0, DigestPrefixBytes, 0);
        ClearFailure();
    }

    /// <summary>Forgets why the last failed image failed.</summary>
    public void ClearFailure()
    {
        FailureReason = FailureReason.None;
        FailureStatus = Status.Ok;
        ResetCause = 0;
        FailedSlot = SlotId.None;
        FailureAddress = 0;
        FailureDetail = 0;
        FaultAddress = 0;
        Bytes.Fill(FailedDigest, 0, DigestPrefixBytes, 0);
    }

    public void CopyFrom(JournalRecord other)
    {
        Sequence = other.Sequence;
        State = other.State;
        ActiveSlot = other.ActiveSlot;
        PreviousSlot = other.PreviousSlot;
        ActiveGeneration = other.ActiveGeneration;
        PreviousGeneration = other.PreviousGeneration;
        TrialBootsLeft = other.TrialBootsLeft;
        TrialBootsGranted = other.TrialBootsGranted;
        InstallingSlot = other.InstallingSlot;
        Event = other.Event;
        ProbationSeconds = other.ProbationSeconds;
        SecurityFloor = other.SecurityFloor;
        FailureReason = other.FailureReason;
        FailureStatus = other.FailureStatus;
        FailedSlot = other.FailedSlot;
        ResetCause = other.ResetCause;
        FailureAddress = other.FailureAddress;
        FailureDetail = other.FailureDetail;
        FaultAddress = other.FaultAddress;
        AttemptCount = other.AttemptCount;
        RevertCount = other.RevertCount;
        InstallCount = other.InstallCount;
        Bytes.Copy(other.FailedDigest, 0, FailedDigest, 0, DigestPrefixBytes);
        Bytes.Copy(other.ActiveDigest, 0, ActiveDigest, 0, DigestPrefixBytes);
        Bytes.Copy(other.PreviousDigest, 0, PreviousDigest, 0, DigestPrefixBytes);
    }

    void ReadFields(byte[] source, int offset)
    {
        Sequence = LittleEndian.ReadU32(source, offset + SequenceOffset);
        State = (JournalState)source[offset + StateOffset];
        ActiveSlot = (SlotId)source[offset + ActiveSlotOffset];
        PreviousSlot = (SlotId)source[offset + PreviousSlotOffset];
        ActiveGeneration = LittleEndian.ReadU16(source, offset + ActiveGenerationOffset);
        PreviousGeneration = LittleEndian.ReadU16(source, offset + PreviousGenerationOffset);
        TrialBootsLeft = source[offset + TrialBootsLeftOffset];
        TrialBootsGranted = source[offset + TrialBootsGrantedOffset];
        InstallingSlot = (SlotId)source[offset + InstallingSlotOffset];
        Event = (JournalEvent)source[offset + EventOffset];
        ProbationSeconds = LittleEndian.ReadU32(source, offset + ProbationSecondsOffset);
        SecurityFloor = LittleEndian.ReadU32(source, offset + SecurityFloorOffset);
        FailureReason = (FailureReason)source[offset + FailureReasonOffset];
        FailureStatus = (Status)source[offset + FailureStatusOffset];
        FailedSlot = (SlotId)source[offset + FailedSlotOffset];
        ResetCause = source[offset + ResetCauseOffset];
        FailureAddress = LittleEndian.ReadU32(source, offset + FailureAddressOffset);
        FailureDetail = LittleEndian.ReadU32(source, offset + FailureDetailOffset);
        FaultAddress = LittleEndian.ReadU32(source, offset + FaultAddressOffset);
        AttemptCount = LittleEndian.ReadU32(source, offset + AttemptCountOffset);
        RevertCount = LittleEndian.ReadU32(source, offset + RevertCountOffset);
        InstallCount = LittleEndian.ReadU32(source, offset + InstallCountOffset);
        Bytes.Copy(source, offset + FailedDigestOffset, FailedDigest, 0, DigestPrefixBytes);
        Bytes.Copy(source, offset + ActiveDigestOffset, ActiveDigest, 0, DigestPrefixBytes);
        Bytes.Copy(source, offset + PreviousDigestOffset, PreviousDigest, 0, DigestPrefixBytes);
    }

    bool FieldsAreConsistent()
    {
        bool trial = State == JournalState.Trial;
        return (trial || State == JournalState.Confirmed)
            && ActiveSlot <= SlotId.Golden
            && PreviousSlot is <= SlotId.Golden or SlotId.None
            && InstallingSlot is <= SlotId.Golden or SlotId.None
            && FailedSlot is <= SlotId.Golden or SlotId.None
            && (PreviousSlot != ActiveSlot || PreviousGeneration != ActiveGeneration)
            && TrialBootsLeft <= TrialBootsGranted
            && (trial || TrialBootsGranted == 0)
            && Sequence is not 0 and <= SequenceMax;
    }
}
