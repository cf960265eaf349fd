using Twinbank.Core.Checks;

namespace Twinbank.Core.Trust;

/// <summary>
/// The place in a boot stage's binary that holds the public keys it trusts (specs/boot-stage.md section 2). It is empty
/// in what the build makes; a tool fills it in, so that nobody has to compile a boot stage to use keys of their own.
/// </summary>
/// <remarks>
/// 512 bytes: magic (two words), CRC-32C of all that follows it, number of keys, then four entries of 72 bytes:
/// algorithm
/// number, length of the key, two zero bytes, the raw key, zeros. The rest is zero.
/// </remarks>
public static class KeyArea
{
    public const int SizeBytes = 512;

    // Two numbers, so that the eight bytes TWBKEYS1 stand nowhere in a boot stage but in its key area.
    const uint MagicFirst = 0x4B425754;
    const uint MagicSecond = 0x31535945;
    const int CrcOffset = 8;
    const int CountOffset = 12;
    const int EntriesOffset = 16;
    const int EntryBytes = 72;
    const int EntryLengthOffset = 1;
    const int EntryKeyOffset = 4;

    /// <summary>True when a key area may start here; <see cref="Check"/> says whether it is one.</summary>
    public static bool HasMagic(byte[] source, int offset)
        => LittleEndian.ReadU32(source, offset) == MagicFirst
            && LittleEndian.ReadU32(source, offset + 4) == MagicSecond;

    /// <summary>Gives Ok, BadMagic, BadChecksum, BadField (number of keys, length) or BadReserved.</summary>
    public static Status Check(byte[] source, int offset)
    {
        if (!HasMagic(source, offset))
        {
            return Status.BadMagic;
        }

        if (LittleEndian.ReadU32(source, offset + CrcOffset) != Checksum(source, offset))
        {
            return Status.BadChecksum;
        }

        uint count = LittleEndian.ReadU32(source, offset + CountOffset);
        if (count > TrustStore.KeysMax)
        {
            return Status.BadField;
        }

        for (int key = 0; key < (int)count; key++)
        {
            Status status = CheckEntry(source, EntryOffset(offset, key));
            if (status != Status.Ok)
            {
                return status;
            }
        }

        int used = EntriesOffset + ((int)count * EntryBytes);
        return Bytes.AllAre(source, offset + used, SizeBytes - used, 0) ? Status.Ok : Status.BadReserved;
    }

    /// <summary>Number of keys in an area that was checked.</summary>
    public static int Count(byte[] source, int offset) => (int)LittleEndian.ReadU32(source, offset + CountOffset);

    /// <summary>
    /// Adds all keys of an area to a trust store. Gives the status of <see cref="Check"/>, or of AddKey.
    /// </summary>
    public static Status TryAddTo(TrustStore trust, byte[] source, int offset)
    {
        Status status = Check(source, offset);
        for (int key = 0; status == Status.Ok && key < Count(source, offset); key++)
        {
            int entry = EntryOffset(offset, key);
            byte[] publicKey = new byte[source[entry + EntryLengthOffset]];
            Bytes.Copy(source, entry + EntryKeyOffset, publicKey, 0, publicKey.Length);
            status = trust.AddKey(source[entry], publicKey);
        }

        return status;
    }

    /// <summary>Writes an area without keys.</summary>
    public static void WriteEmpty(byte[] target, int offset)
    {
        Bytes.Fill(target, offset, SizeBytes, 0);
        LittleEndian.WriteU32(target, offset, MagicFirst);
        LittleEndian.WriteU32(target, offset + 4, MagicSecond);
        LittleEndian.WriteU32(target, offset + CrcOffset, Checksum(target, offset));
    }

    /// <summary>Adds a key to an area. Gives Ok, NoSpace, BadLength, or the status of <see cref="Check"/>.</summary>
    public static Status TryAdd(byte[] target, int offset, byte algorithmId, byte[] publicKey)
    {
        Status status = Check(target, offset);
        if (status != Status.Ok)
        {
            return status;
        }

        int count = Count(target, offset);
        if (count == TrustStore.KeysMax)
        {
            return Status.NoSpace;
        }

        if (publicKey.Length == 0 || publicKey.Length > EntryBytes - EntryKeyOffset)
        {
            return Status.BadLength;
        }

        int entry = EntryOffset(offset, count);
        target[entry] = algorithmId;
        target[entry + EntryLengthOffset] = (byte)publicKey.Length;
        Bytes.Copy(publicKey, 0, target, entry + EntryKeyOffset, publicKey.Length);
        LittleEndian.WriteU32(target, offset + CountOffset, (uint)count + 1);
        LittleEndian.WriteU32(target, offset + CrcOffset, Checksum(target, offset));
        return Status.Ok;
    }

    static Status CheckEntry(byte[] source, int entry)
    {
        int length = source[entry + EntryLengthOffset];
        if (source[entry] == 0 || length == 0 || length > EntryBytes - EntryKeyOffset)
        {
            return Status.BadField;
        }

        int end = entry + EntryKeyOffset + length;
        bool isZero = source[entry + 2] == 0 && source[entry + 3] == 0
            && Bytes.AllAre(source, end, entry + EntryBytes - end, 0);
        return isZero ? Status.Ok : Status.BadReserved;
    }

    static int EntryOffset(int offset, int key) => offset + EntriesOffset + (key * EntryBytes);

    static uint Checksum(byte[] source, int offset)
        => Crc32C.Compute(source, offset + CountOffset, SizeBytes - CountOffset);
}
