namespace Twinbank.Deltas.Tests;

/// <summary>Bytes that look like firmware, and changed versions of them. The same seed gives the same bytes.</summary>
static class Samples
{
    /// <summary>Half-words from a small set with fields that vary, tables, text and erased holes.</summary>
    internal static byte[] Firmware(int seed, int count)
    {
        var random = new Random(seed);
        byte[] bytes = new byte[count];
        int position = 0;
        while (position < count)
        {
            int length = Math.Min(random.Next(2, 120), count - position);
            FillPiece(random, bytes.AsSpan(position, length));
            position += length;
        }

        return bytes;
    }

    internal static byte[] Noise(int seed, int count)
    {
        byte[] bytes = new byte[count];
        new Random(seed).NextBytes(bytes);
        return bytes;
    }

    /// <summary>The next version: bytes replaced, inserted, removed, moved, and addresses shifted.</summary>
    internal static byte[] NextVersion(byte[] old, int seed, int edits)
    {
        var random = new Random(seed);
        List<byte> bytes = [.. old];
        for (int i = 0; i < edits; i++)
        {
            Edit(random, bytes);
        }

        return [.. bytes];
    }

    static void FillPiece(Random random, Span<byte> piece)
    {
        int kind = random.Next(8);
        for (int i = 0; i < piece.Length; i++)
        {
            piece[i] = kind switch
            {
                0 => 0xFF,
                1 => (byte)random.Next(256),
                2 => (byte)"the quick brown fox, error %d\n\0"[random.Next(31)],
                3 => (byte)((i & 3) == 3 ? 0x08 : i * 4),
                _ => (byte)((i & 1) == 0 ? random.Next(256) : 0x46 + random.Next(4)),
            };
        }
    }

    static void Edit(Random random, List<byte> bytes)
    {
        int at = random.Next(bytes.Count + 1);
        int count = Math.Min(random.Next(1, 60), bytes.Count - at);
        switch (random.Next(5))
        {
            case 0:
                bytes.InsertRange(at, Noise(random.Next(), random.Next(1, 60)));
                break;
            case 1:
                bytes.RemoveRange(at, count);
                break;
            case 2:
                List<byte> moved = bytes.GetRange(at, count);
                bytes.RemoveRange(at, count);
                bytes.InsertRange(random.Next(bytes.Count + 1), moved);
                break;
            default:
                for (int i = at; i < bytes.Count && i < at + 2000; i += 20)
                {
                    bytes[i] += 12;
                }

                break;
        }
    }
}
