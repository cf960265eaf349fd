using System;

namespace Twinbank.BareMetal.PlatformTest.Language;

/// <summary>
/// Programs that break a rule of the language. Each ends in a panic with the code that <see cref="Run"/> states.
/// </summary>
static unsafe class Panics
{
    internal const int Count = 15;

    /// <summary>
    /// Breaks rule number <paramref name="number"/>, 1 to <see cref="Count"/>; returns only when nobody noticed.
    /// </summary>
    internal static void Run(int number)
    {
        byte[] bytes = new byte[4];
        object circle = CheckList.Opaque(new Circle())!;
        int zero = CheckList.Opaque(0);
        switch (number)
        {
            case 1:
                bytes[CheckList.Opaque(4)] = 1; // 2
                break;
            case 2:
                bytes[CheckList.Opaque(-1)] = 1; // 2
                break;
            case 3:
                Use(5 / zero); // 4
                break;
            case 4:
                Use((int)(CheckList.Opaque(5L) / zero)); // 4
                break;
            case 5:
                Use(checked(CheckList.Opaque(int.MaxValue) + 1)); // 5
                break;
            case 6:
                Use(checked((byte)CheckList.Opaque(256))); // 5
                break;
            default:
                RunMore(number, bytes, circle);
                break;
        }
    }

    static void RunMore(int number, byte[] bytes, object circle)
    {
        switch (number)
        {
            case 7:
                Use(((Square)circle).Width); // 6
                break;
            case 8:
                throw new InvalidOperationException("thrown"); // 8
            case 9:
                Use(new byte[CheckList.Opaque(-1)].Length); // 5
                break;
            case 10:
                Use(new byte[CheckList.Opaque(1 << 28)].Length); // 1
                break;
            case 11:
                object[] objects = (object[])CheckList.Opaque(new string[1])!;
                objects[0] = circle; // 10
                break;
            case 12:
                Span<byte> span = bytes;
                Use(span[CheckList.Opaque(9)]); // 2
                break;
            case 13:
                Overrun(CheckList.Opaque(80)); // 9
                break;
            case 14:
                Use((int)checked(CheckList.Opaque(1UL << 40) * (1UL << 30))); // 5
                break;
            default:
                Use((int)(long)CheckList.Opaque((object)5)!); // 6
                break;
        }
    }

    static void Overrun(int count)
    {
        byte* bytes = stackalloc byte[64];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = 0x41;
        }

        Use(bytes[CheckList.Opaque(3)]);
    }

    static void Use(int value) => CheckList.Opaque(value);
}
