namespace Twinbank.Core.Format;

/// <summary>The optional and critical records at the end of a manifest (specs/image.md section 3.3).</summary>
public static class TlvRecords
{
    public const int HeadBytes = 4;
    public const ushort CriticalBit = 0x8000;
    public const ushort Probation = 0x0001;
    public const ushort Description = 0x0002;
    public const ushort Promotion = 0x0003;
    public const ushort MinimumAgent = 0x8001;

    /// <summary>Structure of the whole area: Ok, BadLength, BadField, BadReserved or UnknownCritical.</summary>
    public static Status Check(byte[] source, int offset, int count)
    {
        int position = 0;
        int previousType = -1;
        while (position < count)
        {
            if (count - position < HeadBytes)
            {
                return Status.BadLength;
            }

            ushort type = LittleEndian.ReadU16(source, offset + position);
            int length = LittleEndian.ReadU16(source, offset + position + 2);
            int padded = (length + 3) & ~3;
            if (padded > count - position - HeadBytes)
            {
                return Status.BadLength;
            }

            if (type <= previousType)
            {
                return Status.BadField;
            }

            Status status = CheckOne(type, source, offset + position + HeadBytes, length);
            if (status != Status.Ok)
            {
                return status;
            }

            if (!Bytes.AllAre(source, offset + position + HeadBytes + length, padded - length, 0))
            {
                return Status.BadReserved;
            }

            previousType = type;
            position += HeadBytes + padded;
        }

        return Status.Ok;
    }

    /// <summary>Offset in the source of the value of a record, or -1 when the manifest has none of that type.</summary>
    public static int Find(Manifest manifest, ushort type)
    {
        byte[] source = manifest.Source;
        int position = manifest.TlvSourceOffset;
        int end = position + manifest.TlvBytes;
        while (position < end)
        {
            if (LittleEndian.ReadU16(source, position) == type)
            {
                return position + HeadBytes;
            }

            position += HeadBytes + ((LittleEndian.ReadU16(source, position + 2) + 3) & ~3);
        }

        return -1;
    }

    static Status CheckOne(ushort type, byte[] source, int offset, int length)
    {
        if (type == Probation)
        {
            if (length != 8)
            {
                return Status.BadLength;
            }

            uint boots = LittleEndian.ReadU32(source, offset + 4);
            return boots is >= 1 and <= FormatLimits.TrialBootsMax ? Status.Ok : Status.BadField;
        }

        if (type == Description)
        {
            return length <= FormatLimits.DescriptionBytesMax ? Status.Ok : Status.BadLength;
        }

        if (type == Promotion)
        {
            if (length != 4)
            {
                return Status.BadLength;
            }

            return LittleEndian.ReadU32(source, offset) is >= 1 and <= FormatLimits.PromotionSecondsMax
                ? Status.Ok
                : Status.BadField;
        }

        if (type == MinimumAgent)
        {
            return length == 4 ? Status.Ok : Status.BadLength;
        }

        return (type & CriticalBit) != 0 ? Status.UnknownCritical : Status.Ok;
    }
}
