namespace Internal.Runtime;

/// <summary>Copy and fill of raw memory: words where both sides are aligned, bytes elsewhere.</summary>
public static unsafe class Memory
{
    /// <summary>Copies <paramref name="count"/> bytes; the ranges may overlap.</summary>
    public static void Move(byte* target, byte* source, uint count)
    {
        if (target <= source || target >= source + count)
        {
            CopyUp(target, source, count);
            return;
        }

        while (count != 0)
        {
            count--;
            target[count] = source[count];
        }
    }

    /// <summary>Sets <paramref name="count"/> bytes to the value.</summary>
    public static void Fill(byte* target, byte value, uint count)
    {
        if (((uint)target & 3) == 0)
        {
            uint word = value * 0x01010101u;
            for (; count >= 4; count -= 4)
            {
                *(uint*)target = word;
                target += 4;
            }
        }

        for (; count != 0; count--)
        {
            *target++ = value;
        }
    }

    static void CopyUp(byte* target, byte* source, uint count)
    {
        if ((((uint)target | (uint)source) & 3) == 0)
        {
            for (; count >= 4; count -= 4)
            {
                *(uint*)target = *(uint*)source;
                target += 4;
                source += 4;
            }
        }

        for (; count != 0; count--)
        {
            *target++ = *source++;
        }
    }
}
