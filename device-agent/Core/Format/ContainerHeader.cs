using Twinbank.Core.Checks;
using Twinbank.Core.Recipes;

namespace Twinbank.Core.Format;

/// <summary>What a container can be installed on. The numbers are those of specs/image.md section 2.</summary>
public enum ContainerKind : byte
{
    Full = 1,
    Delta = 2,
}

/// <summary>The first 72 bytes of a container (specs/image.md section 2).</summary>
public sealed class ContainerHeader
{
    public const int SizeBytes = 72;
    public const uint Magic = 0x4B425754;
    public const byte FormatMajor = 1;
    public const byte FormatMinor = 0;

    const int MajorOffset = 4, MinorOffset = 5, KindOffset = 6, TablesCodecOffset = 7;
    const int ManifestBytesOffset = 8, SignatureAreaBytesOffset = 12, CarrierTableBytesOffset = 16;
    const int AddressMapBytesOffset = 20, CarriedTablesBytesOffset = 24, PayloadBytesOffset = 28;
    const int BaseDigestOffset = 32, TablesCrcOffset = 64, HeaderCrcOffset = 68;

    public ContainerKind Kind = ContainerKind.Full;
    public uint ManifestBytes;
    public uint SignatureAreaBytes;
    public uint CarrierTableBytes;

    /// <summary>Length of the address map; 0 without one.</summary>
    public uint AddressMapBytes;

    /// <summary>Codec that packed the tables, 0 when they are stored.</summary>
    public byte TablesCodecId;

    /// <summary>Length of the tables as the container carries them: <see cref="TablesBytes"/> when stored.</summary>
    public uint CarriedTablesBytes;

    public uint PayloadBytes;
    public uint TablesCrc;

    /// <summary>Manifest digest of the base image; all zero in a full container.</summary>
    public readonly byte[] BaseDigest = new byte[Manifest.DigestBytes];

    /// <summary>Bytes of manifest, signature area, carrier table and address map together, not packed.</summary>
    public uint TablesBytes => ManifestBytes + SignatureAreaBytes + CarrierTableBytes + AddressMapBytes;

    /// <summary>Offset of the payload in the container.</summary>
    public uint PayloadStart => SizeBytes + CarriedTablesBytes;

    /// <summary>Length of the whole container.</summary>
    public uint ContainerBytes => PayloadStart + PayloadBytes;

    /// <summary>
    /// Reads a header. Gives Ok, NeedMoreData, BadMagic, BadVersion, BadChecksum, BadLength or BadField;
    /// every size is within its limit when it gives Ok.
    /// </summary>
    public Status Read(byte[] source, int offset, int count)
    {
        if (count < SizeBytes)
        {
            return count >= 4 && LittleEndian.ReadU32(source, offset) != Magic ? Status.BadMagic : Status.NeedMoreData;
        }

        if (LittleEndian.ReadU32(source, offset) != Magic)
        {
            return Status.BadMagic;
        }

        if (source[offset + MajorOffset] != FormatMajor)
        {
            return Status.BadVersion;
        }

        if (Crc32C.Compute(source, offset, HeaderCrcOffset) != LittleEndian.ReadU32(source, offset + HeaderCrcOffset))
        {
            return Status.BadChecksum;
        }

        Kind = (ContainerKind)source[offset + KindOffset];
        ManifestBytes = LittleEndian.ReadU32(source, offset + ManifestBytesOffset);
        SignatureAreaBytes = LittleEndian.ReadU32(source, offset + SignatureAreaBytesOffset);
        CarrierTableBytes = LittleEndian.ReadU32(source, offset + CarrierTableBytesOffset);
        AddressMapBytes = LittleEndian.ReadU32(source, offset + AddressMapBytesOffset);
        TablesCodecId = source[offset + TablesCodecOffset];
        CarriedTablesBytes = LittleEndian.ReadU32(source, offset + CarriedTablesBytesOffset);
        PayloadBytes = LittleEndian.ReadU32(source, offset + PayloadBytesOffset);
        TablesCrc = LittleEndian.ReadU32(source, offset + TablesCrcOffset);
        Bytes.Copy(source, offset + BaseDigestOffset, BaseDigest, 0, Manifest.DigestBytes);
        return CheckFields();
    }

    /// <summary>Writes 64 bytes with their checksum.</summary>
    public void Write(byte[] target, int offset)
    {
        Bytes.Fill(target, offset, SizeBytes, 0);
        LittleEndian.WriteU32(target, offset, Magic);
        target[offset + MajorOffset] = FormatMajor;
        target[offset + MinorOffset] = FormatMinor;
        target[offset + KindOffset] = (byte)Kind;
        LittleEndian.WriteU32(target, offset + ManifestBytesOffset, ManifestBytes);
        LittleEndian.WriteU32(target, offset + SignatureAreaBytesOffset, SignatureAreaBytes);
        LittleEndian.WriteU32(target, offset + CarrierTableBytesOffset, CarrierTableBytes);
        LittleEndian.WriteU32(target, offset + AddressMapBytesOffset, AddressMapBytes);
        target[offset + TablesCodecOffset] = TablesCodecId;
        LittleEndian.WriteU32(target, offset + CarriedTablesBytesOffset, CarriedTablesBytes);
        LittleEndian.WriteU32(target, offset + PayloadBytesOffset, PayloadBytes);
        Bytes.Copy(BaseDigest, 0, target, offset + BaseDigestOffset, Manifest.DigestBytes);
        LittleEndian.WriteU32(target, offset + TablesCrcOffset, TablesCrc);
        LittleEndian.WriteU32(target, offset + HeaderCrcOffset, Crc32C.Compute(target, offset, HeaderCrcOffset));
    }

    bool MapIsConsistent()
        => AddressMapBytes == 0 || (Kind == ContainerKind.Delta && AddressMapBytes >= AddressMap.HeaderBytes
            && AddressMapBytes <= AddressMap.BytesMax);

    Status CheckFields()
    {
        if (Kind is not (ContainerKind.Full or ContainerKind.Delta))
        {
            return Status.BadField;
        }

        if (ManifestBytes < Manifest.FixedBytes || ManifestBytes > FormatLimits.ManifestBytesMax
            || SignatureAreaBytes < SignatureArea.BytesMin || SignatureAreaBytes > FormatLimits.SignatureAreaBytesMax
            || CarrierTableBytes == 0 || CarrierTableBytes % CarrierTable.EntryBytes != 0
            || CarrierTableBytes > FormatLimits.BlockCountMax * CarrierTable.EntryBytes
            || PayloadBytes > FormatLimits.PayloadBytesMax || !MapIsConsistent())
        {
            return Status.BadLength;
        }

        // Packing that does not make tables smaller is not used, which bounds what a device reads for them.
        if (TablesCodecId == 0 ? CarriedTablesBytes != TablesBytes : CarriedTablesBytes - 1 >= TablesBytes - 1)
        {
            return Status.BadLength;
        }

        bool hasBase = !Bytes.AllAre(BaseDigest, 0, Manifest.DigestBytes, 0);
        return hasBase == (Kind == ContainerKind.Delta) ? Status.Ok : Status.BadField;
    }
}
