using System.Security.Cryptography;
using Twinbank.Core;
using Twinbank.Core.Flash;

namespace Twinbank.Agent.Tests;

/// <summary>
/// Two slots that hold MCUboot images in flash, with the rules of a plain SMP device: an upload goes to slot 1 as it
/// is, and the image there may be tested or confirmed. Shows that the handlers know nothing of our own images.
/// </summary>
internal sealed class McubootStore(FlashRegion[] slots) : ImageStore
{
    private const uint HeaderMagic = 0x96F3B83D;
    private const ushort TlvInfoMagic = 0x6907;
    private const ushort ProtectedTlvInfoMagic = 0x6908;
    private const int HeaderBytes = 32;

    private readonly byte[] _digest = new byte[32];
    private uint _uploadBytes;
    private uint _uploadOffset;
    private bool _hasDigest;
    private bool _pending;
    private bool _confirmed = true;

    public override int SlotCount => slots.Length;

    public override int UploadSlot => 1;

    public override uint ImageBytesMax => slots[1].SizeBytes;

    public override uint UploadOffset => _uploadOffset;

    public override bool UploadMatches
    {
        get
        {
            byte[] upload = new byte[_uploadBytes];
            slots[1].Read(0, upload, 0, upload.Length);
            return _hasDigest && SHA256.HashData(upload).AsSpan().SequenceEqual(_digest);
        }
    }

    public override uint SlotBytes(int slot) => slots[slot].SizeBytes;

    public override Status ReadSlot(int slot, SlotStatus status)
    {
        byte[] header = new byte[HeaderBytes];
        slots[slot].Read(0, header, 0, header.Length);
        if (LittleEndian.ReadU32(header, 0) != HeaderMagic)
        {
            return Status.NotFound;
        }

        status.Slot = (uint)slot;
        status.VersionMajor = header[20];
        status.VersionMinor = header[21];
        status.VersionPatch = LittleEndian.ReadU16(header, 22);
        status.VersionBuild = LittleEndian.ReadU32(header, 24);
        status.IsBootable = true;
        status.IsActive = slot == 0;
        status.IsConfirmed = slot == 0 && _confirmed;
        status.IsPending = slot == 1 && _pending;
        status.IsPermanent = false;
        byte[]? hash = FindHash(slots[slot], header);
        status.DigestBytes = hash?.Length ?? 0;
        hash?.CopyTo(status.Digest, 0);
        return hash == null ? Status.NotFound : Status.Ok;
    }

    public override Status BeginUpload(
        uint totalBytes, byte[] source, int digestOffset, int digestBytes, bool insist)
    {
        if (totalBytes > ImageBytesMax)
        {
            return Status.TooLarge;
        }

        _uploadBytes = totalBytes;
        _uploadOffset = 0;
        _hasDigest = digestBytes == _digest.Length;
        Array.Copy(source, digestOffset, _digest, 0, digestBytes);
        return Erase(1);
    }

    public override Status AcceptUpload(byte[] data, int offset, int count)
    {
        Status status = slots[1].Program(_uploadOffset, data, offset, count);
        _uploadOffset += (uint)count;
        return status;
    }

    public override Status RequestTrial(byte[] source, int digestOffset, int digestBytes)
    {
        for (int slot = 0; slot < slots.Length; slot++)
        {
            var status = new SlotStatus();
            if (ReadSlot(slot, status) == Status.Ok && status.Digest.AsSpan(0, status.DigestBytes)
                .SequenceEqual(source.AsSpan(digestOffset, digestBytes)))
            {
                _pending |= slot == 1;
                return Status.Ok;
            }
        }

        return Status.NotFound;
    }

    public override Status Confirm(byte[] source, int digestOffset, int digestBytes)
    {
        _confirmed = true;
        return Status.Ok;
    }

    public override Status Erase(int slot)
    {
        _pending = false;
        for (uint offset = 0; offset < slots[slot].SizeBytes; offset += slots[slot].SectorBytes)
        {
            Status status = slots[slot].EraseSector(offset);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    /// <summary>The SHA-256, SHA-384 or SHA-512 record of the image: types 0x10 to 0x12 of the unprotected
    /// area.</summary>
    private static byte[]? FindHash(FlashRegion slot, byte[] header)
    {
        uint offset = (uint)LittleEndian.ReadU16(header, 8) + LittleEndian.ReadU32(header, 12);
        uint protectedBytes = LittleEndian.ReadU16(header, 10);
        byte[] info = new byte[4];
        slot.Read(offset, info, 0, 4);
        if (protectedBytes != 0)
        {
            Assert.AreEqual(ProtectedTlvInfoMagic, LittleEndian.ReadU16(info, 0));
            offset += protectedBytes;
            slot.Read(offset, info, 0, 4);
        }

        Assert.AreEqual(TlvInfoMagic, LittleEndian.ReadU16(info, 0));
        uint end = offset + LittleEndian.ReadU16(info, 2);
        offset += 4;
        while (offset < end)
        {
            slot.Read(offset, info, 0, 4);
            byte[] value = new byte[LittleEndian.ReadU16(info, 2)];
            if (LittleEndian.ReadU16(info, 0) is >= 0x10 and <= 0x12)
            {
                slot.Read(offset + 4, value, 0, value.Length);
                return value;
            }

            offset += 4 + (uint)value.Length;
        }

        return null;
    }
}
