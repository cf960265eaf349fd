namespace Twinbank.BareMetal.PlatformTest.Language;

/// <summary>Arithmetic that the processor does not do in one instruction.</summary>
static class NumberChecks
{
    internal static void Run(CheckList list)
    {
        Divide32(list);
        Multiply64(list);
        Divide64(list);
        Shift64(list);
        CheckedWithoutOverflow(list);
    }

    static void Divide32(CheckList list)
    {
        int negative = CheckList.Opaque(-1000);
        int seven = CheckList.Opaque(7);
        uint big = CheckList.Opaque(4000000000u);
        list.Check("int division", negative / seven == -142 && negative % seven == -6);
        list.Check(
            "int division by -1", negative / CheckList.Opaque(-1) == 1000 && negative % CheckList.Opaque(-1) == 0);
        list.Check("uint division", big / (uint)seven == 571428571 && big % (uint)seven == 3);
        list.Check("division by a constant", negative / 10 == -100 && big / 10 == 400000000 && big % 10 == 0);
        list.Check("rotation", ((big << 7) | (big >> 25)) == unchecked((4000000000u << 7) | (4000000000u >> 25)));
    }

    static void Multiply64(CheckList list)
    {
        long left = CheckList.Opaque(0x123456789ABCDEFL);
        long right = CheckList.Opaque(1000003L);
        list.Check("long product", left * right == unchecked(0x123456789ABCDEFL * 1000003L));
        list.Check("uint product to ulong", (ulong)CheckList.Opaque(4000000000u) * CheckList.Opaque(7u) == 28000000000);
        list.Check("long comparison", left > right && -left < right && (ulong)-left > (ulong)left);
    }

    static void Divide64(CheckList list)
    {
        long left = CheckList.Opaque(0x123456789ABCDEFL);
        long right = CheckList.Opaque(1000003L);
        ulong big = CheckList.Opaque(0xF123456789ABCDEFUL);
        list.Check("long division", left / right == 81985283260 && left % right == 637115);
        list.Check("negative long division", -left / right == -81985283260 && -left % right == -(left % right));
        list.Check("ulong division", big / 0x1234567 == 0xF123456789ABCDEFUL / 0x1234567
            && big % CheckList.Opaque(0x1234567UL) == 0xF123456789ABCDEFUL % 0x1234567);
    }

    static void Shift64(CheckList list)
    {
        ulong value = CheckList.Opaque(0xF123456789ABCDEFUL);
        bool left = true;
        bool right = true;
        bool signed = true;
        for (int count = 0; count < 64; count++)
        {
            ulong expectedLeft = value;
            ulong expectedRight = value;
            long expectedSigned = (long)value;
            for (int i = 0; i < count; i++)
            {
                expectedLeft += expectedLeft;
                expectedRight >>= 1;
                expectedSigned >>= 1;
            }

            left &= value << count == expectedLeft;
            right &= value >> count == expectedRight;
            signed &= (long)value >> count == expectedSigned;
        }

        list.Check("64-bit shift left", left);
        list.Check("64-bit shift right", right);
        list.Check("64-bit signed shift right", signed);
    }

    static void CheckedWithoutOverflow(CheckList list)
    {
        int thousand = CheckList.Opaque(1000);
        list.Check("checked int", checked(thousand * 1000) == 1000000 && checked((uint)thousand) == 1000);
        list.Check("checked long", checked(CheckList.Opaque(1L << 40) * 3) == 3L << 40
            && checked(CheckList.Opaque(-1L << 40) * 3) == -3L << 40);
        list.Check("checked ulong", checked(CheckList.Opaque(5UL) * 7) == 35);
    }
}
