namespace Twinbank.Core.Format;

/// <summary>
/// The consistency rules of a manifest (specs/image.md sections 3 to 3.2), apart from reading its fields.
/// </summary>
static class ManifestCheck
{
    /// <summary>Ranges of the fixed part; every count is within its limit when this gives Ok.</summary>
    internal static Status Fields(Manifest manifest)
    {
        byte[] bytes = manifest.Source;
        int start = manifest.SourceOffset;
        if (manifest.ImageKind is not (ImageKind.Application or ImageKind.Data)
            || manifest.PayloadKind < PayloadKind.NativeXip || manifest.PayloadKind > PayloadKind.Data
            || bytes[start + Manifest.DigestAlgorithmOffset] != Manifest.DigestSha256
            || manifest.HardwareRevisions == 0)
        {
            return Status.BadField;
        }

        uint blockCount = LittleEndian.ReadU32(bytes, start + Manifest.BlockCountOffset);
        uint extentCount = LittleEndian.ReadU32(bytes, start + Manifest.ExtentCountOffset);
        uint tlvBytes = LittleEndian.ReadU32(bytes, start + Manifest.TlvBytesOffset);
        if (blockCount == 0 || blockCount > FormatLimits.BlockCountMax
            || extentCount == 0 || extentCount > FormatLimits.ExtentCountMax
            || tlvBytes > FormatLimits.TlvBytesMax || tlvBytes % 4 != 0)
        {
            return Status.BadLength;
        }

        uint blockBytes = manifest.BlockBytes;
        if (blockBytes < FormatLimits.BlockBytesMin || blockBytes > FormatLimits.BlockBytesMax
            || (blockBytes & (blockBytes - 1)) != 0 || blockCount > FormatLimits.PayloadBytesMax / blockBytes)
        {
            return Status.BadField;
        }

        if (!IsName(bytes, start + Manifest.BoardIdOffset) || !IsName(bytes, start + Manifest.ImageNameOffset))
        {
            return Status.BadField;
        }

        return VirtualRange(manifest);
    }

    /// <summary>Block table and offset table: order, bounds, and that the one translates to the other.</summary>
    internal static Status Tables(Manifest manifest)
    {
        Status status = Blocks(manifest);
        if (status == Status.Ok)
        {
            status = Extents(manifest);
        }

        return status == Status.Ok ? BlocksInExtents(manifest) : status;
    }

    static Status VirtualRange(Manifest manifest)
    {
        uint bytes = manifest.VirtualBytes;
        if (bytes == 0 || bytes > FormatLimits.PayloadBytesMax || bytes - 1 > 0xFFFFFFFF - manifest.VirtualBase)
        {
            return Status.BadField;
        }

        bool native = manifest.PayloadKind is PayloadKind.NativeXip or PayloadKind.NativeRam;
        uint entryOffset = manifest.EntryAddress - manifest.VirtualBase;
        bool entryFits = native
            ? manifest.EntryAddress >= manifest.VirtualBase && entryOffset < bytes
            : manifest.EntryAddress == 0;
        return entryFits ? Status.Ok : Status.BadField;
    }

    static Status Blocks(Manifest manifest)
    {
        uint end = 0, payloadBytes = 0;
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            uint virtualStart = manifest.BlockVirtualStart(block);
            uint dataBytes = manifest.BlockDataBytes(block);
            int reserved = manifest.BlockDigestSourceOffset(block) - 4;
            if (LittleEndian.ReadU32(manifest.Source, reserved) != 0)
            {
                return Status.BadReserved;
            }

            if (dataBytes == 0 || dataBytes > manifest.BlockBytes || virtualStart < end
                || virtualStart > manifest.VirtualBytes || dataBytes > manifest.VirtualBytes - virtualStart)
            {
                return Status.BadField;
            }

            end = virtualStart + dataBytes;
            payloadBytes += dataBytes;
        }

        return payloadBytes == manifest.PayloadBytes ? Status.Ok : Status.BadField;
    }

    static Status Extents(Manifest manifest)
    {
        uint end = 0;
        uint virtualLimit = (manifest.VirtualBytes + manifest.BlockBytes - 1) & ~(manifest.BlockBytes - 1);
        for (int extent = 0; extent < manifest.ExtentCount; extent++)
        {
            uint virtualStart = manifest.ExtentVirtualStart(extent);
            uint length = manifest.ExtentLengthBytes(extent);
            uint slotOffset = manifest.ExtentSlotOffset(extent);
            if (length == 0 || virtualStart < end || virtualStart > virtualLimit || length > virtualLimit - virtualStart
                || slotOffset > manifest.BlockAreaBytes || length > manifest.BlockAreaBytes - slotOffset
                || SharesSlotBytes(manifest, extent, slotOffset, length))
            {
                return Status.BadField;
            }

            end = virtualStart + length;
        }

        return Status.Ok;
    }

    // Quadratic in the extents, of which a real image has a handful; the limit bounds it at half a million steps.
    static bool SharesSlotBytes(Manifest manifest, int extent, uint slotOffset, uint length)
    {
        for (int earlier = 0; earlier < extent; earlier++)
        {
            uint other = manifest.ExtentSlotOffset(earlier);
            if (slotOffset < other + manifest.ExtentLengthBytes(earlier) && other < slotOffset + length)
            {
                return true;
            }
        }

        return false;
    }

    static Status BlocksInExtents(Manifest manifest)
    {
        int extent = 0;
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            uint start = manifest.BlockVirtualStart(block);
            uint end = start + manifest.BlockDataBytes(block);
            while (extent < manifest.ExtentCount
                && manifest.ExtentVirtualStart(extent) + manifest.ExtentLengthBytes(extent) < end)
            {
                extent++;
            }

            if (extent == manifest.ExtentCount || start < manifest.ExtentVirtualStart(extent)
                || manifest.ExtentSlotOffset(extent) + (start - manifest.ExtentVirtualStart(extent))
                    != (uint)block * manifest.BlockBytes)
            {
                return Status.BadField;
            }
        }

        return Status.Ok;
    }

    static bool IsName(byte[] bytes, int offset)
    {
        int length = 0;
        while (length < Manifest.NameBytes && bytes[offset + length] != 0)
        {
            if (!IsNameByte(bytes[offset + length]))
            {
                return false;
            }

            length++;
        }

        return length > 0 && Bytes.AllAre(bytes, offset + length, Manifest.NameBytes - length, 0);
    }

    static bool IsNameByte(byte value)
        => value is (>= (byte)'a' and <= (byte)'z') or (>= (byte)'0' and <= (byte)'9')
            or (byte)'-' or (byte)'.' or (byte)'_';
}
