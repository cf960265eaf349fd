using System.Buffers.Binary;

namespace Twinbank.Fuzz;

/// <summary>Changes a valid input a little, in the ways that parsers get wrong.</summary>
internal static class Mutator
{
    const int InputBytesMax = 128 * 1024;

    /// <summary>Lengths and counts at the edges of their types.</summary>
    static readonly uint[] s_edges =
    [
        0, 1, 2, 0x7F, 0x80, 0xFF, 0x100, 0x7FFF, 0x8000, 0xFFFF, 0x10000,
        0x7FFFFFFF, 0x80000000, 0xFFFFFFF0, 0xFFFFFFFF,
    ];

    /// <summary>One to four changes; one input in sixteen is pure noise.</summary>
    public static byte[] Mutate(Random random, IReadOnlyList<byte[]> seeds)
    {
        if (random.Next(16) == 0)
        {
            return Noise(random, random.Next(300));
        }

        byte[] input = [.. seeds[random.Next(seeds.Count)]];
        int changes = 1 + random.Next(4);
        for (int i = 0; i < changes; i++)
        {
            input = ChangeOnce(random, input, seeds);
        }

        return input.Length <= InputBytesMax ? input : input[..InputBytesMax];
    }

    static byte[] ChangeOnce(Random random, byte[] input, IReadOnlyList<byte[]> seeds)
    {
        if (input.Length == 0)
        {
            return Noise(random, 16);
        }

        int at = Position(random, input.Length);
        int count = 1 + random.Next(Math.Min(64, input.Length - at));
        switch (random.Next(10))
        {
            case 0:
                return input[..at];
            case 1:
                return [.. input[..at], .. input[(at + count)..]];
            case 2:
                return [.. input[..at], .. Noise(random, count), .. input[at..]];
            case 3:
                return [.. input[..at], .. input[at..(at + count)], .. input[at..]];
            case 4:
                return Splice(random, input, at, seeds[random.Next(seeds.Count)]);
            case 5:
                random.NextBytes(input.AsSpan(at, count));
                return input;
            case 6 or 7:
                return WriteEdge(random, input, at);
            default:
                input[at] ^= (byte)(1 << random.Next(8));
                return input;
        }
    }

    /// <summary>Heads decide more than bodies, so half of all changes hit the first 256 bytes.</summary>
    static int Position(Random random, int length) => random.Next(random.Next(2) == 0 ? Math.Min(256, length) : length);

    static byte[] Splice(Random random, byte[] input, int at, byte[] other)
        => other.Length == 0 ? input[..at] : [.. input[..at], .. other[Math.Min(at, random.Next(other.Length))..]];

    static byte[] WriteEdge(Random random, byte[] input, int at)
    {
        uint value = s_edges[random.Next(s_edges.Length)];
        int aligned = at & ~3;
        if (aligned + 4 > input.Length)
        {
            input[at] = (byte)value;
        }
        else if (random.Next(2) == 0)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(input.AsSpan(aligned), value);
        }
        else
        {
            BinaryPrimitives.WriteUInt16BigEndian(input.AsSpan(aligned), (ushort)value);
        }

        return input;
    }

    static byte[] Noise(Random random, int count)
    {
        byte[] bytes = new byte[count];
        random.NextBytes(bytes);
        return bytes;
    }
}
