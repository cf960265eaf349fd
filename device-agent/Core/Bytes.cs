namespace Twinbank.Core;

/// <summary>Byte array loops that the portable dialect has no library for.</summary>
public static class Bytes
{
    public static void Copy(byte[] source, int sourceOffset, byte[] target, int targetOffset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            target[targetOffset + i] = source[sourceOffset + i];
        }
    }

    public static void Fill(byte[] target, int offset, int count, byte value)
    {
        for (int i = 0; i < count; i++)
        {
            target[offset + i] = value;
        }
    }

    public static bool Equal(byte[] left, int leftOffset, byte[] right, int rightOffset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if (left[leftOffset + i] != right[rightOffset + i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>True when all <paramref name="count"/> bytes have the value, e.g. 0xFF for erased flash.</summary>
    public static bool AllAre(byte[] source, int offset, int count, byte value)
    {
        for (int i = 0; i < count; i++)
        {
            if (source[offset + i] != value)
            {
                return false;
            }
        }

        return true;
    }
}
