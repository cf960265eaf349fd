using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// What operations would cost, in 1/64 bit, by the models at one moment. Tables are filled once per stretch, because
/// models move slowly and a parser asks millions of times.
/// </summary>
sealed class RangePrices
{
    internal const int Bit = 64;

    // Lengths above are priced one by one.
    const int LengthTableCount = 320;

    static readonly int[] s_priceOfProbability = MakePrices();

    readonly ushort[] _models;
    readonly ushort[]? _guide;
    readonly int[][] _literals = MakeTables(4, 256);
    readonly int[][] _differences = MakeTables(2, 256);
    readonly int[][] _repeatLengths = MakeTables(2, LengthTableCount);
    readonly int[][] _distanceLengths = MakeTables(2, LengthTableCount);
    readonly int[] _baseLengths = new int[LengthTableCount];
    readonly int[][] _distanceSlots = MakeTables(2, 64);
    readonly int[] _baseSlots = new int[64];
    readonly int[] _distanceAlign = new int[16];
    readonly int[] _baseAlign = new int[16];

    /// <param name="models">Watched, not copied: <see cref="Refresh"/> reads them again.</param>
    /// <param name="guide">Models after an earlier pass over the block, to look ahead with, or null.</param>
    internal RangePrices(ushort[] models, ushort[]? guide)
    {
        _models = models;
        _guide = guide;
    }

    internal void Refresh()
    {
        for (int i = 0; i < 4; i++)
        {
            FillTree(_literals[i], RangeModels.Literals + (i * 255), 8);
        }

        for (int i = 0; i < 2; i++)
        {
            FillTree(_differences[i], RangeModels.Differences + (i * 255), 8);
            FillTree(_distanceSlots[i], RangeModels.DistanceSlots + (i * 63), RangeModels.SlotTreeBits);
            FillLengths(_repeatLengths[i], RangeModels.RepeatLengths + (i * RangeModels.LengthModels));
            FillLengths(_distanceLengths[i], RangeModels.DistanceLengths + (i * RangeModels.LengthModels));
        }

        FillTree(_baseSlots, RangeModels.BaseSlots, RangeModels.SlotTreeBits);
        FillLengths(_baseLengths, RangeModels.BaseLengths);
        for (int symbol = 0; symbol < 16; symbol++)
        {
            _distanceAlign[symbol] = ReverseTree(RangeModels.DistanceAlign, symbol);
            _baseAlign[symbol] = ReverseTree(RangeModels.BaseAlign, symbol);
        }
    }

    internal int Literal(in RangeState state, int tree, int value)
        => OfByte(state, 0) + _literals[tree][value];

    internal int Difference(in RangeState state, int difference)
        => OfByte(state, 1) + _differences[state.Phase][difference];

    /// <summary>A copy from a source used before, without its length.</summary>
    internal int RepeatHead(in RangeState state, RangeOperationKind kind)
    {
        int index = kind - RangeOperationKind.RepeatFirst;
        int price = OfCopy(state) + Of(RangeModels.IsRepeat + state.History, 1);
        for (int i = 0; i < 3 && i <= index; i++)
        {
            price += Of(
                RangeModels.IsRepeatFirst + (i * RangeModels.HistoryCount) + state.History, index > i ? 1 : 0);
        }

        return price;
    }

    internal int RepeatLength(in RangeState state, int count)
        => OfLength(
            _repeatLengths[state.Phase], RangeModels.RepeatLengths + (state.Phase * RangeModels.LengthModels),
            count - RangeModels.RepeatBytesMin);

    /// <summary>A copy from a new source, without length and source.</summary>
    internal int NewHead(in RangeState state, bool isBase)
        => OfCopy(state) + Of(RangeModels.IsRepeat + state.History, 0)
            + Of(RangeModels.IsBase + (state.FirstIsBase ? 1 : 0), isBase ? 1 : 0);

    internal int Alignment(in RangeState state, uint source)
    {
        int shift = RangeNumber.Shift(source, state.Alignment);
        return Of(RangeModels.IsBackward, shift < 0 ? 1 : 0) + OfNumber(_baseSlots, _baseAlign, (uint)Math.Abs(shift));
    }

    internal int AlignmentLength(int count)
        => OfLength(_baseLengths, RangeModels.BaseLengths, count - RangeModels.NewBytesMin);

    internal int Distance(uint distance, int count)
        => OfNumber(_distanceSlots[count == RangeModels.NewBytesMin ? 0 : 1], _distanceAlign, distance - 1);

    internal int DistanceLength(in RangeState state, int count)
        => OfLength(
            _distanceLengths[state.Phase], RangeModels.DistanceLengths + (state.Phase * RangeModels.LengthModels),
            count - RangeModels.NewBytesMin);

    int OfCopy(in RangeState state) => Of(RangeModels.IsCopy + (state.History * 2) + state.Phase, 1);

    int OfByte(in RangeState state, int isDifference)
    {
        int kind = state.FirstIsBase ? RangeModels.HistoryCount * 2 : 0;
        return Of(RangeModels.IsCopy + (state.History * 2) + state.Phase, 0)
            + Of(RangeModels.IsDifference + kind + (state.History * 2) + state.Phase, isDifference);
    }

    int Of(int model, int bit)
    {
        int probability = _models[model] >> 4;
        if (_guide != null)
        {
            probability = (probability + (_guide[model] >> 4)) >> 1;
        }

        return s_priceOfProbability[bit == 0 ? probability : 4096 - probability];
    }

    int OfTree(int tree, int bits, int symbol)
    {
        int price = 0;
        int node = 1;
        for (int i = bits - 1; i >= 0; i--)
        {
            int bit = (symbol >> i) & 1;
            price += Of(tree + node, bit);
            node = (node << 1) | bit;
        }

        return price;
    }

    int ReverseTree(int tree, int symbol)
    {
        int price = 0;
        int node = 1;
        for (int i = 0; i < RangeModels.AlignTreeBits; i++)
        {
            int bit = (symbol >> i) & 1;
            price += Of(tree + node, bit);
            node = (node << 1) | bit;
        }

        return price;
    }

    int OfLength(int[] table, int models, int length)
        => length < LengthTableCount ? table[length] : OfLength(models, length);

    int OfLength(int models, int length)
    {
        int symbol = RangeNumber.LengthSymbol(length);
        int price = OfTree(models, RangeModels.LengthTreeBits, symbol);
        return symbol < RangeModels.LengthSymbolDirect
            ? price
            : price + (RangeNumber.LengthMiddleBits(symbol) * Bit)
                + OfTree(models + 31, RangeModels.LengthEndBits, length & 3);
    }

    static int OfNumber(int[] slots, int[] align, uint value)
    {
        int slot = RangeNumber.Slot(value);
        int lowBits = RangeNumber.LowBits(slot);
        return lowBits <= RangeModels.AlignTreeBits
            ? slots[slot] + (lowBits * Bit)
            : slots[slot] + ((lowBits - RangeModels.AlignTreeBits) * Bit) + align[value & 15];
    }

    void FillTree(int[] table, int tree, int bits)
    {
        for (int symbol = 0; symbol < 1 << bits; symbol++)
        {
            table[symbol] = OfTree(tree, bits, symbol);
        }
    }

    void FillLengths(int[] table, int models)
    {
        for (int length = 0; length < table.Length; length++)
        {
            table[length] = OfLength(models, length);
        }
    }

    static int[][] MakeTables(int count, int length) => [.. Enumerable.Range(0, count).Select(_ => new int[length])];

    // In whole numbers, so that recipes are the same on every machine: log2 by repeated squaring.
    static int[] MakePrices()
    {
        int[] prices = new int[4097];
        for (int probability = 1; probability < 4096; probability++)
        {
            int top = System.Numerics.BitOperations.Log2((uint)probability);
            ulong mantissa = (ulong)probability << (31 - top);
            int log = top;
            for (int i = 0; i < 6; i++)
            {
                mantissa = (mantissa * mantissa) >> 31;
                log <<= 1;
                if (mantissa >= 1ul << 32)
                {
                    mantissa >>= 1;
                    log |= 1;
                }
            }

            prices[probability] = (12 * Bit) - log;
        }

        prices[0] = 12 * Bit;
        return prices;
    }
}
