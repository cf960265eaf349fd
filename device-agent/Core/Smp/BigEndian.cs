namespace Twinbank.Core.Smp;

/// <summary>Big-endian integers in byte arrays, as SMP headers, its framing and CBOR have them. Callers check
/// bounds.</summary>
public static class BigEndian
{
    public static ushort ReadU16(byte[] source, int offset)
        => (ushort)((source[offset] << 8) | source[offset + 1]);

    public static uint ReadU32(byte[] source, int offset)
        => ((uint)source[offset] << 24) | ((uint)source[offset + 1] << 16) | ((uint)source[offset + 2] << 8)
            | source[offset + 3];

    public static void WriteU16(byte[] target, int offset, ushort value)
    {
        target[offset] = (byte)(value >> 8);
        target[offset + 1] = (byte)value;
    }

    public static void WriteU32(byte[] target, int offset, uint value)
    {
        target[offset] = (byte)(value >> 24);
        target[offset + 1] = (byte)(value >> 16);
        target[offset + 2] = (byte)(value >> 8);
        target[offset + 3] = (byte)value;
    }
}
