namespace Twinbank.Deltas.Tests;

/// <summary>
/// Address maps and what they predict, written down a second time from specs/recipe.md section 6: every shift in a
/// plain list, every byte worked out by itself.
/// </summary>
sealed class ReferencePrediction
{
    readonly byte[] _base;
    readonly int _kind;
    readonly long _baseAddress;
    readonly long _targetAddress;
    readonly List<(long Start, long Shift)> _entries = [];

    internal ReferencePrediction(byte[] map, byte[] baseImage)
    {
        _base = baseImage;
        _kind = map[0];
        _baseAddress = BitConverter.ToUInt32(map, 4);
        Assert.AreEqual((uint)baseImage.Length, BitConverter.ToUInt32(map, 8));
        _targetAddress = BitConverter.ToUInt32(map, 12);
        var numbers = new Queue<long>();
        long number = 0;
        int bits = 0;
        foreach (byte value in map.Skip(16))
        {
            number |= (long)(value & 127) << bits;
            bits += 7;
            if (value < 128)
            {
                numbers.Enqueue(number);
                number = 0;
                bits = 0;
            }
        }

        long start = 0;
        long shift = 0;
        while (numbers.Count > 0)
        {
            start += numbers.Dequeue();
            long change = numbers.Dequeue();
            shift += change % 2 == 0 ? change / 2 : -((change + 1) / 2);
            _entries.Add((start, shift));
        }
    }

    /// <summary>Base offset of the content expected at a target offset.</summary>
    internal long ContentOffset(int targetOffset)
    {
        long place = _targetAddress + targetOffset;
        long shift = _entries
            .Where(entry => entry.Start >= _baseAddress && entry.Start < _baseAddress + _base.Length)
            .Where(entry => entry.Start + entry.Shift <= place)
            .OrderByDescending(entry => entry.Start + entry.Shift)
            .Select(entry => entry.Shift)
            .FirstOrDefault();
        return place - shift - _baseAddress;
    }

    internal byte Byte(int baseOffset, int targetOffset)
    {
        long moved = targetOffset + _targetAddress - (baseOffset + _baseAddress);
        byte result = _base[baseOffset];
        if (moved % 2 != 0)
        {
            return result;
        }

        // Of two references that share a byte the later one counts.
        for (int start = baseOffset - 3; start <= baseOffset; start++)
        {
            if (start < 0 || start + 4 > _base.Length || (start + _baseAddress) % 2 != 0)
            {
                continue;
            }

            uint word = BitConverter.ToUInt32(_base, start);
            if (IsBranch(start))
            {
                word = Branch(start, word, moved);
            }
            else if ((start + _baseAddress) % 4 == 0 && !IsBranch(start - 2) && !IsBranch(start + 2))
            {
                word = (uint)(word + ShiftOf(word));
            }
            else
            {
                continue;
            }

            result = (byte)(word >> (8 * (baseOffset - start)));
        }

        return result;
    }

    long ShiftOf(long address) => _entries.LastOrDefault(entry => entry.Start <= address).Shift;

    bool IsBranch(int at)
    {
        if (at < 0 || at + 4 > _base.Length || _kind == 0)
        {
            return false;
        }

        int first = BitConverter.ToUInt16(_base, at);
        int second = BitConverter.ToUInt16(_base, at + 2);
        return _kind == 1
            ? first >> 11 == 0b11110 && second >> 11 is 0b11111 or 0b10111
            : (first & 0x7F) == 0x6F && ((first >> 7) & 31) is 0 or 1 or 5;
    }

    uint Branch(int start, uint word, long moved)
    {
        int bits = _kind == 1 ? 22 : 20;
        long counted = _kind == 1 ? 4 : 0;
        long distance = _kind == 1 ? ThumbDistance(word) : RiscVDistance(word);
        long goal = _baseAddress + start + counted + distance;
        if (goal < _baseAddress || goal >= _baseAddress + _base.Length)
        {
            return word;
        }

        long next = goal + ShiftOf(goal) - (_baseAddress + start + moved) - counted;
        return next < -(1L << bits) || next >= 1L << bits ? word
            : _kind == 1 ? ThumbWord(word, next) : RiscVWord(word, next);
    }

    static long ThumbDistance(uint word)
    {
        long value = ((word & 0x7FF) << 11) | ((word >> 16) & 0x7FF);
        return (value >= 1 << 21 ? value - (1 << 22) : value) * 2;
    }

    static uint ThumbWord(uint word, long distance)
    {
        uint value = (uint)(distance / 2 - (distance % 2 < 0 ? 1 : 0)) & 0x3FFFFF;
        return (word & 0xF800F800) | (value >> 11) | ((value & 0x7FF) << 16);
    }

    static long RiscVDistance(uint word)
    {
        long value = ((word >> 31) << 20) | (((word >> 12) & 0xFF) << 12) | (((word >> 20) & 1) << 11)
            | (((word >> 21) & 0x3FF) << 1);
        return value >= 1 << 20 ? value - (1 << 21) : value;
    }

    static uint RiscVWord(uint word, long distance)
    {
        uint value = (uint)distance;
        return (word & 0xFFF) | (((value >> 20) & 1) << 31) | (((value >> 12) & 0xFF) << 12)
            | (((value >> 11) & 1) << 20) | (((value >> 1) & 0x3FF) << 21);
    }
}
