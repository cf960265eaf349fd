namespace Twinbank.Crypto;

/// <summary>
/// 256-bit unsigned integers as eight 32-bit words, least significant word first. A result may be the same array as
/// an operand. Products are 32 by 32 to 64 bits, one instruction on every 32-bit target; no division, no shift of a
/// 64-bit number by anything but 32.
/// </summary>
/// <remarks>Not constant-time: verification handles public numbers only. Never use it with a private key.</remarks>
internal static class Integer256
{
    public const int WordCount = 8;

    public static void Copy(uint[] target, uint[] source)
    {
        for (int i = 0; i < WordCount; i++)
        {
            target[i] = source[i];
        }
    }

    public static void Set(uint[] target, uint value)
    {
        for (int i = 1; i < WordCount; i++)
        {
            target[i] = 0;
        }

        target[0] = value;
    }

    public static bool Is(uint[] number, uint value)
    {
        uint difference = number[0] ^ value;
        for (int i = 1; i < WordCount; i++)
        {
            difference |= number[i];
        }

        return difference == 0;
    }

    public static bool IsBelow(uint[] left, uint[] right)
    {
        int i = WordCount - 1;
        while (i > 0 && left[i] == right[i])
        {
            i--;
        }

        return left[i] < right[i];
    }

    public static bool Equal(uint[] left, uint[] right)
    {
        uint difference = 0;
        for (int i = 0; i < WordCount; i++)
        {
            difference |= left[i] ^ right[i];
        }

        return difference == 0;
    }

    /// <summary>Bit <paramref name="index"/> (0 to 255) of the number.</summary>
    public static uint Bit(uint[] number, int index) => (number[index >> 5] >> (index & 31)) & 1;

    /// <summary>Sum modulo 2^256; returns the carry, 0 or 1.</summary>
    public static uint Add(uint[] result, uint[] left, uint[] right)
    {
        uint carry = 0;
        for (int i = 0; i < WordCount; i++)
        {
            ulong sum = (ulong)left[i] + right[i] + carry;
            result[i] = (uint)sum;
            carry = (uint)(sum >> 32);
        }

        return carry;
    }

    /// <summary>Difference modulo 2^256; returns the borrow, 0 or 1.</summary>
    public static uint Subtract(uint[] result, uint[] left, uint[] right)
    {
        uint borrow = 0;
        for (int i = 0; i < WordCount; i++)
        {
            ulong difference = (ulong)left[i] - right[i] - borrow;
            result[i] = (uint)difference;
            borrow = (uint)(difference >> 32) & 1;
        }

        return borrow;
    }

    /// <summary>Halves the number; <paramref name="topBit"/> (0 or 1) becomes bit 255.</summary>
    public static void ShiftRight(uint[] number, uint topBit)
    {
        uint carry = topBit;
        for (int i = WordCount - 1; i >= 0; i--)
        {
            uint word = number[i];
            number[i] = (word >> 1) | (carry << 31);
            carry = word & 1;
        }
    }

    /// <summary>Doubles and adds <paramref name="lowBit"/> (0 or 1); returns the bit lost at the top.</summary>
    public static uint ShiftLeft(uint[] number, uint lowBit)
    {
        uint carry = lowBit;
        for (int i = 0; i < WordCount; i++)
        {
            uint word = number[i];
            number[i] = (word << 1) | carry;
            carry = word >> 31;
        }

        return carry;
    }

    /// <summary>
    /// Product of two numbers, 16 words. One row per word of <paramref name="left"/>; the row's other factor and its
    /// running sum stay in locals, which saves two array accesses with bounds checks on each of the 64 steps.
    /// </summary>
    public static void Multiply(uint[] product, uint[] left, uint[] right)
    {
        uint r0 = right[0], r1 = right[1], r2 = right[2], r3 = right[3];
        uint r4 = right[4], r5 = right[5], r6 = right[6], r7 = right[7];
        uint s0 = 0, s1 = 0, s2 = 0, s3 = 0, s4 = 0, s5 = 0, s6 = 0, s7 = 0;
        for (int i = 0; i < WordCount; i++)
        {
            uint word = left[i];
            ulong sum = ((ulong)word * r0) + s0;
            product[i] = (uint)sum;
            sum = ((ulong)word * r1) + s1 + (uint)(sum >> 32);
            s0 = (uint)sum;
            sum = ((ulong)word * r2) + s2 + (uint)(sum >> 32);
            s1 = (uint)sum;
            sum = ((ulong)word * r3) + s3 + (uint)(sum >> 32);
            s2 = (uint)sum;
            sum = ((ulong)word * r4) + s4 + (uint)(sum >> 32);
            s3 = (uint)sum;
            sum = ((ulong)word * r5) + s5 + (uint)(sum >> 32);
            s4 = (uint)sum;
            sum = ((ulong)word * r6) + s6 + (uint)(sum >> 32);
            s5 = (uint)sum;
            sum = ((ulong)word * r7) + s7 + (uint)(sum >> 32);
            s6 = (uint)sum;
            s7 = (uint)(sum >> 32);
        }

        product[8] = s0;
        product[9] = s1;
        product[10] = s2;
        product[11] = s3;
        product[12] = s4;
        product[13] = s5;
        product[14] = s6;
        product[15] = s7;
    }

    public static void ReadLittleEndian(uint[] target, byte[] source, int offset)
    {
        for (int i = 0; i < WordCount; i++)
        {
            target[i] = Core.LittleEndian.ReadU32(source, offset + (4 * i));
        }
    }

    public static void ReadBigEndian(uint[] target, byte[] source, int offset)
    {
        for (int i = 0; i < WordCount; i++)
        {
            target[WordCount - 1 - i] = BigEndian.ReadU32(source, offset + (4 * i));
        }
    }
}
