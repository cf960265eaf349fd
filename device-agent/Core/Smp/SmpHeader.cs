namespace Twinbank.Core.Smp;

/// <summary>The eight bytes in front of every SMP payload, big-endian (specs/smp.md section 1).</summary>
/// <remarks>
/// <code>
/// 0      u8   reserved (3 bits, sent as 0) | version (2 bits) | operation (3 bits)
/// 1      u8   flags, 0
/// 2..3   u16  payload bytes
/// 4..5   u16  group
/// 6      u8   sequence, echoed
/// 7      u8   command
/// </code>
/// </remarks>
public struct SmpHeader
{
    public const int SizeBytes = 8;

    /// <summary>Answers errors as {"rc": n}.</summary>
    public const byte VersionLegacy = 0;

    /// <summary>Answers errors as {"err": {"group": g, "rc": n}}.</summary>
    public const byte VersionTwo = 1;

    public SmpOperation Operation;
    public byte Version;
    public ushort PayloadBytes;
    public ushort Group;
    public byte Sequence;
    public byte Command;

    public bool IsRequest => Operation == SmpOperation.Read || Operation == SmpOperation.Write;

    /// <summary>
    /// Reads a header. Gives Ok, NeedMoreData under eight bytes, BadVersion above version 1, BadField for an operation
    /// over 3. The top three bits of byte 0 and the flags are ignored, as other devices do. The payload length is
    /// reported, not compared with anything.
    /// </summary>
    public static Status TryRead(byte[] source, int offset, int count, out SmpHeader header)
    {
        header = default;
        if (count < SizeBytes)
        {
            return Status.NeedMoreData;
        }

        int operation = source[offset] & 7;
        header.Version = (byte)((source[offset] >> 3) & 3);
        header.PayloadBytes = BigEndian.ReadU16(source, offset + 2);
        header.Group = BigEndian.ReadU16(source, offset + 4);
        header.Sequence = source[offset + 6];
        header.Command = source[offset + 7];
        if (operation > (int)SmpOperation.WriteResponse)
        {
            return Status.BadField;
        }

        header.Operation = (SmpOperation)operation;
        return header.Version > VersionTwo ? Status.BadVersion : Status.Ok;
    }

    public readonly void Write(byte[] target, int offset)
    {
        target[offset] = (byte)((Version << 3) | (int)Operation);
        target[offset + 1] = 0;
        BigEndian.WriteU16(target, offset + 2, PayloadBytes);
        BigEndian.WriteU16(target, offset + 4, Group);
        target[offset + 6] = Sequence;
        target[offset + 7] = Command;
    }
}
