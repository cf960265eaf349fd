namespace Twinbank.Crypto;

/// <summary>Big-endian 32-bit words in byte arrays, the order of the SHA-2 family and of P-256 numbers.</summary>
internal static class BigEndian
{
    public static uint ReadU32(byte[] source, int offset)
        => ((uint)source[offset] << 24) | ((uint)source[offset + 1] << 16) | ((uint)source[offset + 2] << 8)
            | source[offset + 3];

    public static void WriteU32(byte[] target, int offset, uint value)
    {
        target[offset] = (byte)(value >> 24);
        target[offset + 1] = (byte)(value >> 16);
        target[offset + 2] = (byte)(value >> 8);
        target[offset + 3] = (byte)value;
    }
}
