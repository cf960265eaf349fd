using System.Runtime;

namespace Internal.Runtime.CompilerHelpers;

// 64-bit multiplication and shifts by a variable, called by symbol. The bodies use only 32 x 32 -> 64 products, 32-bit
// shifts and 64-bit shifts by 32, all of which the compiler expands in place, so none of them calls itself.
static class LongArithmetic
{
    [RuntimeExport("RhpLMul")]
    static ulong Multiply(ulong left, ulong right)
    {
        uint high = (uint)(left >> 32) * (uint)right + (uint)left * (uint)(right >> 32);
        return (ulong)(uint)left * (uint)right + ((ulong)high << 32);
    }

    [RuntimeExport("RhpLLsh")]
    static ulong ShiftLeft(ulong value, int count)
    {
        uint low = (uint)value;
        uint high = (uint)(value >> 32);
        count &= 63;
        if (count >= 32)
        {
            return (ulong)(low << (count - 32)) << 32;
        }

        return count == 0 ? value : ((ulong)((high << count) | (low >> (32 - count))) << 32) | (low << count);
    }

    [RuntimeExport("RhpLRsz")]
    static ulong ShiftRightUnsigned(ulong value, int count)
    {
        uint low = (uint)value;
        uint high = (uint)(value >> 32);
        count &= 63;
        if (count >= 32)
        {
            return high >> (count - 32);
        }

        return count == 0 ? value : ((ulong)(high >> count) << 32) | ((low >> count) | (high << (32 - count)));
    }

    [RuntimeExport("RhpLRsh")]
    static long ShiftRightSigned(long value, int count)
    {
        uint low = (uint)value;
        int high = (int)(value >> 32);
        count &= 63;
        if (count >= 32)
        {
            return high >> (count - 32);
        }

        return count == 0
            ? value
            : (long)(((ulong)(uint)(high >> count) << 32) | ((low >> count) | ((uint)high << (32 - count))));
    }
}
