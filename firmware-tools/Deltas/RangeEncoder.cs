using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>The writing side of codec 1's range coder (specs/recipe.md section 5).</summary>
sealed class RangeEncoder
{
    const uint RangeMin = 1 << 24;

    readonly List<byte> _output = [];
    ulong _low;
    uint _range = 0xFFFFFFFF;

    // The last byte that may still be raised by a carry, -1 before there is one, and the 0xFF bytes behind it.
    int _held = -1;
    int _heldFull;

    internal ushort[] Models { get; } = new ushort[RangeModels.Count];

    internal RangeEncoder() => RangeModels.Reset(Models);

    internal void Bit(int model, int bit)
    {
        ushort state = Models[model];
        uint bound = (_range >> 12) * (uint)(state >> 4);
        if (bit == 0)
        {
            _range = bound;
        }
        else
        {
            _low += bound;
            _range -= bound;
        }

        Models[model] = RangeModels.Learn(state, bit);
        Normalize();
    }

    internal void Tree(int tree, int bits, int symbol)
    {
        int node = 1;
        for (int i = bits - 1; i >= 0; i--)
        {
            int bit = (symbol >> i) & 1;
            Bit(tree + node, bit);
            node = (node << 1) | bit;
        }
    }

    internal void ReverseTree(int tree, int bits, int symbol)
    {
        int node = 1;
        for (int i = 0; i < bits; i++)
        {
            int bit = (symbol >> i) & 1;
            Bit(tree + node, bit);
            node = (node << 1) | bit;
        }
    }

    internal void Plain(uint value, int bits)
    {
        for (int i = bits - 1; i >= 0; i--)
        {
            _range >>= 1;
            if (((value >> i) & 1) != 0)
            {
                _low += _range;
            }

            Normalize();
        }
    }

    /// <summary>
    /// The whole recipe: as few bytes more as settle the last bits, whatever a reader takes to follow them.
    /// </summary>
    internal byte[] Finish()
    {
        int endBytes = 1;
        ulong end;
        while (true)
        {
            ulong unit = 1ul << (32 - (8 * endBytes));
            end = (_low + unit - 1) & ~(unit - 1);
            if (end + unit <= _low + _range)
            {
                break;
            }

            endBytes++;
        }

        _low = end;

        // One shift per byte, and one more to let go of the byte that is held for a carry.
        for (int i = 0; i <= endBytes; i++)
        {
            Shift();
        }

        return [.. _output];
    }

    void Normalize()
    {
        if (_range < RangeMin)
        {
            _range <<= 8;
            Shift();
        }
    }

    void Shift()
    {
        if (_low < 0xFF000000 || _low > 0xFFFFFFFF)
        {
            int carry = (int)(_low >> 32);
            if (_held >= 0)
            {
                _output.Add((byte)(_held + carry));
            }

            for (; _heldFull > 0; _heldFull--)
            {
                _output.Add((byte)(0xFF + carry));
            }

            _held = (int)((_low >> 24) & 0xFF);
        }
        else
        {
            _heldFull++;
        }

        _low = (_low & 0x00FFFFFF) << 8;
    }
}
