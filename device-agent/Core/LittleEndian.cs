namespace Twinbank.Core;

/// <summary>
/// Little-endian integers in byte arrays: the only place of the core where bytes are shifted into numbers.
/// Callers check bounds first; an index outside the array is a defect, not an input error.
/// </summary>
public static class LittleEndian
{
    public static ushort ReadU16(byte[] source, int offset)
        => (ushort)(source[offset] | (source[offset + 1] << 8));

    public static uint ReadU32(byte[] source, int offset)
        => source[offset] | ((uint)source[offset + 1] << 8) | ((uint)source[offset + 2] << 16)
            | ((uint)source[offset + 3] << 24);

    public static void WriteU16(byte[] target, int offset, ushort value)
    {
        target[offset] = (byte)value;
        target[offset + 1] = (byte)(value >> 8);
    }

    public static void WriteU32(byte[] target, int offset, uint value)
    {
        target[offset] = (byte)value;
        target[offset + 1] = (byte)(value >> 8);
        target[offset + 2] = (byte)(value >> 16);
        target[offset + 3] = (byte)(value >> 24);
    }
}
