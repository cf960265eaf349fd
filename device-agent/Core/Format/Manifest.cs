namespace Twinbank.Core.Format;

/// <summary>
/// A checked view of a manifest's bytes (specs/image.md section 3). It copies nothing: the bytes stay where they are
/// and
/// must not change while the view is used.
/// </summary>
/// <remarks>
/// <see cref="Parse"/> checks the structure, not who made it: signature, board and counter are checked by
/// <see cref="Trust.TrustStore"/> and <see cref="Trust.ImageAcceptance"/>.
/// </remarks>
public sealed class Manifest
{
    public const uint Magic = 0x4D425754;
    public const byte FormatMajor = 1;
    public const byte FormatMinor = 0;
    public const int FixedBytes = 160;
    public const int BlockEntryBytes = 48;
    public const int ExtentBytes = 12;
    public const int NameBytes = 32;
    public const int DigestBytes = 32;
    public const byte DigestSha256 = 1;

    public const int MajorOffset = 4, MinorOffset = 5, FixedBytesOffset = 6, ManifestBytesOffset = 8;
    public const int ImageKindOffset = 12, PayloadKindOffset = 13, DigestAlgorithmOffset = 14;
    public const int VersionMajorOffset = 16, VersionMinorOffset = 18, VersionPatchOffset = 20, VersionBuildOffset = 24;
    public const int SecurityCounterOffset = 28, HardwareRevisionsOffset = 32, VirtualBaseOffset = 36;
    public const int VirtualBytesOffset = 40, EntryAddressOffset = 44, BlockBytesOffset = 48, BlockCountOffset = 52;
    public const int ExtentCountOffset = 56, TlvBytesOffset = 60, PayloadBytesOffset = 64, BoardIdOffset = 72;
    public const int ImageNameOffset = 104, SignerKeyIdOffset = 136, ReservedTailOffset = 144;

    public const int BlockVirtualStartOffset = 0, BlockDataBytesOffset = 4, BlockCrcOffset = 8;
    public const int BlockReservedOffset = 12, BlockDigestOffset = 16;
    public const int ExtentVirtualStartOffset = 0, ExtentLengthOffset = 4, ExtentSlotOffsetOffset = 8;

    byte[] _bytes = s_none;
    int _start;
    static readonly byte[] s_none = { };

    /// <summary>The array the view looks into.</summary>
    public byte[] Source => _bytes;

    /// <summary>Where the manifest starts in <see cref="Source"/>.</summary>
    public int SourceOffset => _start;

    public uint ManifestBytes => U32(ManifestBytesOffset);

    public ImageKind ImageKind => (ImageKind)_bytes[_start + ImageKindOffset];

    public PayloadKind PayloadKind => (PayloadKind)_bytes[_start + PayloadKindOffset];

    public ushort VersionMajor => LittleEndian.ReadU16(_bytes, _start + VersionMajorOffset);

    public ushort VersionMinor => LittleEndian.ReadU16(_bytes, _start + VersionMinorOffset);

    public uint VersionPatch => U32(VersionPatchOffset);

    public uint VersionBuild => U32(VersionBuildOffset);

    public uint SecurityCounter => U32(SecurityCounterOffset);

    public uint HardwareRevisions => U32(HardwareRevisionsOffset);

    public uint VirtualBase => U32(VirtualBaseOffset);

    public uint VirtualBytes => U32(VirtualBytesOffset);

    public uint EntryAddress => U32(EntryAddressOffset);

    public uint BlockBytes => U32(BlockBytesOffset);

    public int BlockCount => (int)U32(BlockCountOffset);

    public int ExtentCount => (int)U32(ExtentCountOffset);

    public int TlvBytes => (int)U32(TlvBytesOffset);

    /// <summary>Sum of all data areas: the length of the image's payload without buffers.</summary>
    public uint PayloadBytes => U32(PayloadBytesOffset);

    /// <summary>Bytes the image occupies in the block area of a slot, buffers included.</summary>
    public uint BlockAreaBytes => (uint)BlockCount * BlockBytes;

    public uint BlockVirtualStart(int block) => U32(BlockOffset(block) + BlockVirtualStartOffset);

    public uint BlockDataBytes(int block) => U32(BlockOffset(block) + BlockDataBytesOffset);

    /// <summary>
    /// Where a block starts in the concatenated data areas; 0 for a block that the image does not have.
    /// </summary>
    public uint BlockPayloadOffset(int block)
    {
        uint payloadOffset = 0;
        if (block < BlockCount)
        {
            for (int earlier = 0; earlier < block; earlier++)
            {
                payloadOffset += BlockDataBytes(earlier);
            }
        }

        return payloadOffset;
    }

    public uint BlockCrc(int block) => U32(BlockOffset(block) + BlockCrcOffset);

    /// <summary>Offset of the block's 32-byte digest in <see cref="Source"/>.</summary>
    public int BlockDigestSourceOffset(int block) => _start + BlockOffset(block) + BlockDigestOffset;

    public uint ExtentVirtualStart(int extent) => U32(ExtentOffset(extent) + ExtentVirtualStartOffset);

    public uint ExtentLengthBytes(int extent) => U32(ExtentOffset(extent) + ExtentLengthOffset);

    public uint ExtentSlotOffset(int extent) => U32(ExtentOffset(extent) + ExtentSlotOffsetOffset);

    /// <summary>Offset of the first TLV record in <see cref="Source"/>.</summary>
    public int TlvSourceOffset => _start + FixedBytes + (BlockCount * BlockEntryBytes) + (ExtentCount * ExtentBytes);

    /// <summary>
    /// Looks at <paramref name="count"/> bytes. Gives Ok, NeedMoreData, BadMagic, BadVersion, BadLength, BadReserved,
    /// BadField or UnknownCritical. After anything but Ok the view must not be used.
    /// </summary>
    public Status Parse(byte[] source, int offset, int count)
    {
        _bytes = source;
        _start = offset;
        if (count < FixedBytes)
        {
            return Status.NeedMoreData;
        }

        Status status = CheckFixedPart(count);
        if (status == Status.Ok)
        {
            status = ManifestCheck.Tables(this);
        }

        return status == Status.Ok ? TlvRecords.Check(_bytes, TlvSourceOffset, TlvBytes) : status;
    }

    Status CheckFixedPart(int count)
    {
        if (U32(0) != Magic)
        {
            return Status.BadMagic;
        }

        if (_bytes[_start + MajorOffset] != FormatMajor)
        {
            return Status.BadVersion;
        }

        if (LittleEndian.ReadU16(_bytes, _start + FixedBytesOffset) != FixedBytes
            || ManifestBytes != (uint)count || count > FormatLimits.ManifestBytesMax)
        {
            return Status.BadLength;
        }

        if (_bytes[_start + 15] != 0 || U32(68) != 0 || !Bytes.AllAre(_bytes, _start + ReservedTailOffset, 16, 0))
        {
            return Status.BadReserved;
        }

        Status status = ManifestCheck.Fields(this);
        if (status != Status.Ok)
        {
            return status;
        }

        long tableBytes = ((long)BlockCount * BlockEntryBytes) + ((long)ExtentCount * ExtentBytes);
        long expected = FixedBytes + tableBytes + TlvBytes;
        return expected == count ? Status.Ok : Status.BadLength;
    }

    static int BlockOffset(int block) => FixedBytes + (block * BlockEntryBytes);

    int ExtentOffset(int extent) => FixedBytes + (BlockCount * BlockEntryBytes) + (extent * ExtentBytes);

    uint U32(int offset) => LittleEndian.ReadU32(_bytes, _start + offset);
}
