using System.Runtime;
using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

// The 32-bit ARM compiler never emits a divide instruction: it calls these methods by name.
public static class Math
{
    public static int Min(int left, int right) => left < right ? left : right;

    public static int Max(int left, int right) => left > right ? left : right;

    public static uint Min(uint left, uint right) => left < right ? left : right;

    public static uint Max(uint left, uint right) => left > right ? left : right;

    internal static uint DivUInt32(uint dividend, uint divisor)
    {
        if (divisor == 0)
        {
            ThrowHelpers.ThrowDivideByZeroException();
        }

        return DivideUnsigned(dividend, divisor);
    }

    internal static uint ModUInt32(uint dividend, uint divisor)
        => dividend - DivUInt32(dividend, divisor) * divisor;

    internal static int DivInt32(int dividend, int divisor)
    {
        if (divisor == 0)
        {
            ThrowHelpers.ThrowDivideByZeroException();
        }

        if (divisor == -1 && dividend == int.MinValue)
        {
            ThrowHelpers.ThrowOverflowException();
        }

        return DivideSigned(dividend, divisor);
    }

    internal static int ModInt32(int dividend, int divisor)
        => divisor == -1 ? 0 : dividend - DivInt32(dividend, divisor) * divisor;

    internal static ulong DivUInt64(ulong dividend, ulong divisor) => Divide(dividend, divisor, out _);

    internal static ulong ModUInt64(ulong dividend, ulong divisor)
    {
        Divide(dividend, divisor, out ulong remainder);
        return remainder;
    }

    internal static long DivInt64(long dividend, long divisor)
    {
        if (divisor == -1 && dividend == long.MinValue)
        {
            ThrowHelpers.ThrowOverflowException();
        }

        ulong quotient = Divide(Magnitude(dividend), Magnitude(divisor), out _);
        return (dividend < 0) != (divisor < 0) ? -(long)quotient : (long)quotient;
    }

    internal static long ModInt64(long dividend, long divisor)
    {
        Divide(Magnitude(dividend), Magnitude(divisor), out ulong remainder);
        return dividend < 0 ? -(long)remainder : (long)remainder;
    }

    // Products under "checked".
    static long MultiplyChecked(long left, long right)
    {
        bool negative = (left < 0) != (right < 0);
        ulong magnitude = MultiplyChecked(Magnitude(left), Magnitude(right));
        if (magnitude > (negative ? 0x8000000000000000UL : 0x7FFFFFFFFFFFFFFFUL))
        {
            ThrowHelpers.ThrowOverflowException();
        }

        return negative ? -(long)magnitude : (long)magnitude;
    }

    static ulong MultiplyChecked(ulong left, ulong right)
    {
        uint leftHigh = (uint)(left >> 32);
        uint rightHigh = (uint)(right >> 32);
        if (leftHigh != 0 && rightHigh != 0)
        {
            ThrowHelpers.ThrowOverflowException();
        }

        ulong cross = (ulong)leftHigh * (uint)right + (ulong)rightHigh * (uint)left;
        ulong low = (ulong)(uint)left * (uint)right;
        ulong product = low + (cross << 32);
        if ((cross >> 32) != 0 || product < low)
        {
            ThrowHelpers.ThrowOverflowException();
        }

        return product;
    }

    // ilc's scan asks for these whenever "checked" conversions occur; without floating point they are not reached.
    static int ConvertToInt32Checked(double value)
    {
        ThrowHelpers.ThrowPlatformNotSupportedException();
        return 0;
    }

    static uint ConvertToUInt32Checked(double value)
    {
        ThrowHelpers.ThrowPlatformNotSupportedException();
        return 0;
    }

    static long ConvertToInt64Checked(double value)
    {
        ThrowHelpers.ThrowPlatformNotSupportedException();
        return 0;
    }

    static ulong ConvertToUInt64Checked(double value)
    {
        ThrowHelpers.ThrowPlatformNotSupportedException();
        return 0;
    }

    static ulong Magnitude(long value) => value < 0 ? (ulong)-value : (ulong)value;

    static ulong Divide(ulong dividend, ulong divisor, out ulong remainder)
    {
        if (divisor == 0)
        {
            ThrowHelpers.ThrowDivideByZeroException();
        }

        if ((dividend >> 32) == 0 && (divisor >> 32) == 0)
        {
            uint shortQuotient = DivideUnsigned((uint)dividend, (uint)divisor);
            remainder = (uint)dividend - shortQuotient * (uint)divisor;
            return shortQuotient;
        }

        ulong quotient = 0;
        remainder = 0;
        for (int i = 0; i < 64; i++)
        {
            bool carry = (remainder >> 63) != 0;
            remainder = (remainder << 1) | (dividend >> 63);
            dividend <<= 1;
            quotient <<= 1;
            if (carry || remainder >= divisor)
            {
                remainder -= divisor;
                quotient |= 1;
            }
        }

        return quotient;
    }

    [RuntimeImport("cpu_divide_unsigned")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    static extern uint DivideUnsigned(uint dividend, uint divisor);

    [RuntimeImport("cpu_divide_signed")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    static extern int DivideSigned(int dividend, int divisor);
}
