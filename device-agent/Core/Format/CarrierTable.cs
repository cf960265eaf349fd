namespace Twinbank.Core.Format;

/// <summary>How a container carries one block (specs/image.md section 5).</summary>
public enum CarrierMethod : byte
{
    Stored = 1,
    Compressed = 2,
    Recipe = 3,
    Unchanged = 4,
    Duplicate = 5,
}

/// <summary>A checked view of a container's carrier table (specs/image.md section 5).</summary>
public sealed class CarrierTable
{
    public const int EntryBytes = 12;
    public const int CodecOffset = 1, ArgumentOffset = 2, PayloadBytesOffset = 4, CrcOffset = 8;

    byte[] _bytes = s_none;
    int _start;
    int _count;
    static readonly byte[] s_none = { };

    public int EntryCount => _count / EntryBytes;

    public CarrierMethod Method(int block) => (CarrierMethod)_bytes[At(block)];

    public byte CodecId(int block) => _bytes[At(block) + CodecOffset];

    /// <summary>
    /// Base block of an unchanged one (65,535 at most: it may not exist), earlier block of a duplicate one, else 0.
    /// </summary>
    public uint Argument(int block)
    {
        // Counted from the block itself, so that the entries of an image that stays are all alike.
        uint argument = LittleEndian.ReadU16(_bytes, At(block) + ArgumentOffset);
        return Method(block) is CarrierMethod.Unchanged or CarrierMethod.Duplicate
            ? (argument + (uint)block) & 0xFFFF
            : argument;
    }

    /// <summary>Where the carried bytes of a block start: behind those of all blocks before it.</summary>
    public uint PayloadOffset(int block)
    {
        uint payloadOffset = 0;
        for (int earlier = 0; earlier < block; earlier++)
        {
            payloadOffset += PayloadBytes(earlier);
        }

        return payloadOffset;
    }

    public uint PayloadBytes(int block) => LittleEndian.ReadU32(_bytes, At(block) + PayloadBytesOffset);

    public uint Crc(int block) => LittleEndian.ReadU32(_bytes, At(block) + CrcOffset);

    /// <summary>
    /// Looks at the table beside the manifest it serves. Gives Ok, BadLength or BadField. The base is not
    /// known here: whether a base block exists is checked when it is read.
    /// </summary>
    public Status Parse(byte[] source, int offset, int count, Manifest manifest, ContainerHeader header)
    {
        _bytes = source;
        _start = offset;
        _count = count;
        if (count != manifest.BlockCount * EntryBytes)
        {
            return Status.BadLength;
        }

        uint payloadOffset = 0;
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            if (PayloadBytes(block) > FormatLimits.CarriedBytesMax
                || PayloadBytes(block) > header.PayloadBytes - payloadOffset
                || !EntryIsConsistent(block, manifest, header.Kind))
            {
                return Status.BadField;
            }

            payloadOffset += PayloadBytes(block);
        }

        return payloadOffset == header.PayloadBytes ? Status.Ok : Status.BadLength;
    }

    bool EntryIsConsistent(int block, Manifest manifest, ContainerKind kind)
    {
        bool delta = kind == ContainerKind.Delta;
        uint carriedBytes = PayloadBytes(block);
        return Method(block) switch
        {
            CarrierMethod.Stored => carriedBytes == manifest.BlockDataBytes(block) && CodecId(block) == 0
                && Argument(block) == 0,
            CarrierMethod.Compressed => carriedBytes > 0 && CodecId(block) != 0 && Argument(block) == 0,
            CarrierMethod.Recipe => delta && carriedBytes > 0 && CodecId(block) != 0 && Argument(block) == 0,
            CarrierMethod.Unchanged => delta && CarriesNothing(block) && Argument(block) < FormatLimits.BlockCountMax,
            CarrierMethod.Duplicate => CarriesNothing(block) && Argument(block) < (uint)block
                && manifest.BlockDataBytes((int)Argument(block)) == manifest.BlockDataBytes(block),
            _ => false,
        };
    }

    bool CarriesNothing(int block) => PayloadBytes(block) == 0 && CodecId(block) == 0 && Crc(block) == 0;

    int At(int block) => _start + (block * EntryBytes);
}
