using Twinbank.Core.Checks;

namespace Twinbank.Core.Slots;

/// <summary>The fixed head of a slot's header area (specs/image.md section 6).</summary>
public sealed class SlotHeader
{
    public const int SizeBytes = 64;
    public const uint Magic = 0x48425754;
    const int ManifestOffsetOffset = 4, ManifestBytesOffset = 8, SignatureAreaBytesOffset = 12, CrcOffset = 16;
    const int ReservedOffset = 20, ReservedBytes = 40, HeaderCrcOffset = 60;

    public uint ManifestOffset;
    public uint ManifestBytes;
    public uint SignatureAreaBytes;
    public uint Crc;

    /// <summary>Where the manifest starts on a part with this program unit.</summary>
    public static uint ManifestOffsetFor(uint programUnitBytes)
        => (SizeBytes + programUnitBytes - 1) & ~(programUnitBytes - 1);

    /// <summary>Gives Ok, BadMagic (an empty slot, too), BadChecksum or BadReserved.</summary>
    public Status Read(byte[] source, int offset)
    {
        if (LittleEndian.ReadU32(source, offset) != Magic)
        {
            return Status.BadMagic;
        }

        if (Crc32C.Compute(source, offset, HeaderCrcOffset) != LittleEndian.ReadU32(source, offset + HeaderCrcOffset))
        {
            return Status.BadChecksum;
        }

        if (!Bytes.AllAre(source, offset + ReservedOffset, ReservedBytes, 0))
        {
            return Status.BadReserved;
        }

        ManifestOffset = LittleEndian.ReadU32(source, offset + ManifestOffsetOffset);
        ManifestBytes = LittleEndian.ReadU32(source, offset + ManifestBytesOffset);
        SignatureAreaBytes = LittleEndian.ReadU32(source, offset + SignatureAreaBytesOffset);
        Crc = LittleEndian.ReadU32(source, offset + CrcOffset);
        return Status.Ok;
    }

    public void Write(byte[] target, int offset)
    {
        Bytes.Fill(target, offset, SizeBytes, 0);
        LittleEndian.WriteU32(target, offset, Magic);
        LittleEndian.WriteU32(target, offset + ManifestOffsetOffset, ManifestOffset);
        LittleEndian.WriteU32(target, offset + ManifestBytesOffset, ManifestBytes);
        LittleEndian.WriteU32(target, offset + SignatureAreaBytesOffset, SignatureAreaBytes);
        LittleEndian.WriteU32(target, offset + CrcOffset, Crc);
        LittleEndian.WriteU32(target, offset + HeaderCrcOffset, Crc32C.Compute(target, offset, HeaderCrcOffset));
    }
}
