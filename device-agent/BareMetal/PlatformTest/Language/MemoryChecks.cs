using System;
using System.Runtime.CompilerServices;

namespace Twinbank.BareMetal.PlatformTest.Language;

struct Place
{
    internal int X;
    internal int Y;

    internal Place(int x, int y)
    {
        X = x;
        Y = y;
    }
}

struct Mixed
{
    internal string Name;
    internal byte Small;
    internal long Big;
    internal Place Place;
    internal object Owner;
}

unsafe struct Large
{
    internal fixed byte Data[6000];
}

/// <summary>Tables that ilc can put into the image ready-made.</summary>
static class Tables
{
    internal static readonly byte[] s_bytes = { 1, 2, 3, 4, 5, 250 };
    internal static readonly uint[] s_words = { 0x12345678, 0x9ABCDEF0, 3 };
    internal static readonly ulong[] s_longs = { 0x0123456789ABCDEF, 2 };
    internal static readonly string[] s_names = { "zero", "one", "two" };
    internal static Shape s_shape = new Square(6);
    internal static long s_long = 0x1122334455667788;

    internal static ReadOnlySpan<byte> Text => "hey"u8;

    internal static ReadOnlySpan<uint> Constants => new uint[] { 0xDEADBEEF, 2 };
}

/// <summary>Statics that only a constructor at run time can fill.</summary>
static class Computed
{
    internal static readonly uint[] s_table;
    internal static int s_runs;
    internal static int s_seed = CheckList.Opaque(11);

    static Computed()
    {
        s_runs++;
        s_seed = CheckList.Opaque(s_seed + 1);
        s_table = new uint[256];
        for (uint i = 0; i < 256; i++)
        {
            uint value = i;
            for (int bit = 0; bit < 8; bit++)
            {
                value = (value & 1) != 0 ? (value >> 1) ^ 0xEDB88320 : value >> 1;
            }

            s_table[i] = value;
        }
    }
}

/// <summary>Arrays, structs, strings, statics, spans, the stack.</summary>
static unsafe class MemoryChecks
{
    static readonly Mixed[] s_mixed = new Mixed[3];
    static volatile int s_volatile;

    internal static void Run(CheckList list)
    {
        Arrays(list);
        Structs(list);
        Statics(list);
        Strings(list);
        Stack(list);
        Switches(list);
    }

    static void Arrays(CheckList list)
    {
        int count = CheckList.Opaque(10);
        byte[] bytes = new byte[count];
        long[] longs = new long[count];
        Place[] places = new Place[count];
        for (int i = 0; i < count; i++)
        {
            bytes[i] = (byte)i;
            longs[i] = i * 0x100000001;
            places[i] = new Place(i, -i);
        }

        list.Check("arrays", bytes[9] == 9 && longs[9] == 0x900000009 && places[9].Y == -9 && longs.Length == 10);
        long[] copy = new long[10];
        Array.Copy(longs, 2, copy, 0, 5);
        list.Check("Array.Copy", copy[0] == longs[2] && copy[4] == longs[6] && copy[5] == 0);
        Buffer.BlockCopy(bytes, 0, bytes, 2, 5);
        list.Check("overlapping copy", bytes[2] == 0 && bytes[6] == 4 && bytes[7] == 7);
        Array.Clear(bytes, 0, bytes.Length);
        int[][] jagged = { new[] { 1 }, new[] { 2, 3 } };
        list.Check("clear, array of arrays", bytes[9] == 0 && jagged[1][1] == 3);
    }

    static void Structs(CheckList list)
    {
        Place place = new(CheckList.Opaque(3), 4);
        Place moved = place;
        moved.X = 10;
        list.Check("struct copy", place.X == 3 && moved.X == 10);
        s_mixed[1].Name = "aa";
        s_mixed[1].Small = 4;
        s_mixed[1].Big = CheckList.Opaque(1L << 40);
        s_mixed[1].Place = moved;
        s_mixed[1].Owner = new Square(2);
        s_mixed[CheckList.Opaque(2)] = s_mixed[1];
        Mixed mixed = s_mixed[2];
        list.Check("struct with references", mixed.Name == "aa" && mixed.Small == 4 && mixed.Big == 1L << 40
            && mixed.Place.X == 10 && ((Square)mixed.Owner).Area() == 4);
        int[] pair = { 1, 2 };
        ref int second = ref pair[1];
        second = 50;
        Swap(ref pair[0], ref pair[1]);
        list.Check("references to elements", pair[0] == 50 && pair[1] == 1);
    }

    static void Swap(ref int left, ref int right)
    {
        int keep = left;
        left = right;
        right = keep;
    }

    static void Statics(CheckList list)
    {
        list.Check("tables", Tables.s_bytes[CheckList.Opaque(5)] == 250
            && Tables.s_words[CheckList.Opaque(1)] == 0x9ABCDEF0
            && Tables.s_longs[CheckList.Opaque(0)] == 0x0123456789ABCDEF
            && Tables.s_names[CheckList.Opaque(2)] == "two");
        list.Check("constant spans", Tables.Text[CheckList.Opaque(2)] == 'y'
            && Tables.Constants[CheckList.Opaque(0)] == 0xDEADBEEF);
        list.Check("static constructor", Computed.s_table[CheckList.Opaque(1)] == 0x77073096 && Computed.s_runs == 1
            && Computed.s_seed == 12);
        Tables.s_long += CheckList.Opaque(1);
        s_volatile = 3;
        list.Check("statics", Tables.s_long == 0x1122334455667789 && Tables.s_shape.Area() == 36 && s_volatile == 3);
    }

    static void Strings(CheckList list)
    {
        string text = CheckList.Opaque(1) == 1 ? "hello" : "x";
        int hash = 0;
        for (int i = 0; i < text.Length; i++)
        {
            hash = hash * 31 + text[i];
        }

        list.Check("strings", text.Length == 5 && text[4] == 'o' && hash == 99162322 && text != "hella");
    }

    static void Stack(CheckList list)
    {
        byte* bytes = stackalloc byte[64];
        for (int i = 0; i < 64; i++)
        {
            bytes[i] = (byte)i;
        }

        Span<uint> words = stackalloc uint[CheckList.Opaque(16)];
        uint sum = 0;
        for (int i = 0; i < words.Length; i++)
        {
            sum += words[i];
        }

        list.Check("stackalloc", bytes[CheckList.Opaque(63)] == 63 && sum == 0);
        list.Check("large frame", LargeFrame(CheckList.Opaque(5000)) == 16);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    static int LargeFrame(int at)
    {
        Large first = default;
        first.Data[at] = 5;
        Large second = first;
        second.Data[at + 1] = 6;
        return first.Data[at] + second.Data[at] + second.Data[at + 1] + first.Data[at + 1];
    }

    static void Switches(CheckList list)
    {
        int sum = 0;
        for (int i = -1; i < 8; i++)
        {
            sum += Number(CheckList.Opaque(i));
        }

        list.Check("switch", sum == 75 - 3 && Number("two") == 2 && Number("x") == 0);
    }

    static int Number(int value)
    {
        switch (value)
        {
            case 0:
                return 10;
            case 1:
                return 11;
            case 2:
                return 12;
            case 3:
                return 13;
            case 4:
                return 14;
            case 5:
                return 15;
            default:
                return -1;
        }
    }

    static int Number(string text) => text switch
    {
        "one" => 1,
        "two" => 2,
        "three" => 3,
        _ => 0,
    };
}
