namespace Twinbank.Core.Format;

/// <summary>A checked view of the signatures beside a manifest (specs/image.md section 4).</summary>
public sealed class SignatureArea
{
    public const uint Magic = 0x53425754;
    public const int HeadBytes = 8;
    public const int EntryHeadBytes = 16;
    public const int KeyIdBytes = 8;

    /// <summary>One entry with a 64-byte signature.</summary>
    public const int BytesMin = HeadBytes + EntryHeadBytes + 64;

    public const byte AlgorithmEd25519 = 1;
    public const byte AlgorithmEcdsaP256 = 2;

    /// <summary>
    /// 24 ASCII bytes "Twinbank image manifest" and a zero; then the manifest digest: what is signed.
    /// </summary>
    public const int MessageBytes = ContextBytes + Manifest.DigestBytes;

    public const int ContextBytes = 24;

    static readonly byte[] s_context =
    {
        0x54, 0x77, 0x69, 0x6E, 0x62, 0x61, 0x6E, 0x6B, 0x20, 0x69, 0x6D, 0x61, 0x67, 0x65, 0x20, 0x6D, 0x61, 0x6E,
        0x69, 0x66, 0x65, 0x73, 0x74, 0x00,
    };

    byte[] _bytes = s_context;
    int _start;
    int _count;

    public byte[] Source => _bytes;

    /// <summary>Where the area starts in <see cref="Source"/>.</summary>
    public int SourceOffset => _start;

    /// <summary>Length of the area.</summary>
    public int SourceBytes => _count;

    /// <summary>Number of entries, known and unknown algorithms alike.</summary>
    public int EntryCount => (int)LittleEndian.ReadU32(_bytes, _start + 4);

    /// <summary>Offset in the source of the first entry, to be used with <see cref="NextEntry"/>.</summary>
    public int FirstEntry => _start + HeadBytes;

    public byte Algorithm(int entry) => _bytes[entry];

    public int SignatureBytes(int entry) => LittleEndian.ReadU16(_bytes, entry + 2);

    public int KeyIdSourceOffset(int entry) => entry + 8;

    public int SignatureSourceOffset(int entry) => entry + EntryHeadBytes;

    public int NextEntry(int entry) => entry + EntryHeadBytes + SignatureBytes(entry);

    /// <summary>Looks at all bytes of the area. Gives Ok, BadMagic, BadLength, BadReserved or BadField.</summary>
    public Status Parse(byte[] source, int offset, int count)
    {
        _bytes = source;
        _start = offset;
        _count = count;
        if (count < HeadBytes || count > FormatLimits.SignatureAreaBytesMax)
        {
            return Status.BadLength;
        }

        if (LittleEndian.ReadU32(source, offset) != Magic)
        {
            return Status.BadMagic;
        }

        uint entryCount = LittleEndian.ReadU32(source, offset + 4);
        return entryCount is >= 1 and <= FormatLimits.SignatureEntriesMax
            ? CheckEntries((int)entryCount)
            : Status.BadField;
    }

    /// <summary>Writes the 56-byte message that a signature covers.</summary>
    public static void WriteMessage(byte[] manifestDigest, int digestOffset, byte[] target, int offset)
    {
        Bytes.Copy(s_context, 0, target, offset, ContextBytes);
        Bytes.Copy(manifestDigest, digestOffset, target, offset + ContextBytes, Manifest.DigestBytes);
    }

    Status CheckEntries(int entryCount)
    {
        int entry = FirstEntry;
        int end = _start + _count;
        for (int i = 0; i < entryCount; i++)
        {
            if (end - entry < EntryHeadBytes)
            {
                return Status.BadLength;
            }

            if (_bytes[entry + 1] != 0 || LittleEndian.ReadU32(_bytes, entry + 4) != 0)
            {
                return Status.BadReserved;
            }

            int signatureBytes = SignatureBytes(entry);
            if (signatureBytes == 0 || signatureBytes % 4 != 0 || signatureBytes > FormatLimits.SignatureBytesMax
                || signatureBytes > end - entry - EntryHeadBytes)
            {
                return Status.BadLength;
            }

            entry = NextEntry(entry);
        }

        return entry == end ? Status.Ok : Status.BadLength;
    }
}
