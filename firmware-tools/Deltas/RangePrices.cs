using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// What operations would cost, in 1/64 bit, by the models at one moment. A parser asks millions of times, so what
/// has several bits is kept in tables until the next refresh.
/// </summary>
sealed class RangePrices
{
    internal const int Bit = 64;

    // Lengths above are priced one by one.
    const int LengthTableCount = 320;

    static readonly int[] s_priceOfProbability = MakePrices();

    readonly ushort[] _models;
    readonly ushort[]? _guide;
    readonly bool _hasMap;
    readonly List<PriceTable> _tables = [];
    readonly PriceTable[] _literals;
    readonly PriceTable[] _differences;
    readonly PriceTable[] _repeatLengths;
    readonly PriceTable[] _distanceLengths;
    readonly PriceTable _baseLengths;
    readonly PriceTable[] _distanceSlots;
    readonly PriceTable _baseSlots;
    readonly PriceTable _distanceAlign;
    readonly PriceTable _baseAlign;

    /// <param name="models">Watched, not copied: <see cref="Refresh"/> reads them again.</param>
    /// <param name="guide">Models after an earlier pass over the block, to look ahead with, or null.</param>
    internal RangePrices(ushort[] models, ushort[]? guide, bool hasMap)
    {
        _models = models;
        _guide = guide;
        _hasMap = hasMap;
        _literals =
        [
            .. Enumerable.Range(0, RangeModels.LiteralTrees)
                .Select(i => Tree(RangeModels.Literals + (i * 255), 8)),
        ];
        _differences = [.. Enumerable.Range(0, 2).Select(i => Tree(RangeModels.Differences + (i * 255), 8))];
        _repeatLengths = Lengths(RangeModels.RepeatLengths, 2);
        _distanceLengths = Lengths(RangeModels.DistanceLengths, 2);
        _baseLengths = Lengths(RangeModels.BaseLengths, 1)[0];
        _distanceSlots = [.. Enumerable.Range(0, 2).Select(i => Slots(RangeModels.DistanceSlots + (i * 63)))];
        _baseSlots = Slots(RangeModels.BaseSlots);
        _distanceAlign = Table(16, symbol => ReverseTree(RangeModels.DistanceAlign, symbol));
        _baseAlign = Table(16, symbol => ReverseTree(RangeModels.BaseAlign, symbol));
    }

    /// <summary>Makes prices follow what the models have learnt since.</summary>
    internal void Refresh()
    {
        foreach (PriceTable table in _tables)
        {
            table.Refresh();
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
        int map = _hasMap ? Of(RangeModels.IsMap, source == RangeModels.MapSource ? 1 : 0) : 0;
        if (source == RangeModels.MapSource)
        {
            return map;
        }

        int shift = RangeNumber.Shift(source, state.Alignment);
        return map + Of(RangeModels.IsBackward, shift < 0 ? 1 : 0)
            + OfNumber(_baseSlots, _baseAlign, (uint)Math.Abs(shift));
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

    int OfLength(PriceTable table, int models, int length)
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

    static int OfNumber(PriceTable slots, PriceTable align, uint value)
    {
        int slot = RangeNumber.Slot(value);
        int lowBits = RangeNumber.LowBits(slot);
        return lowBits <= RangeModels.AlignTreeBits
            ? slots[slot] + (lowBits * Bit)
            : slots[slot] + ((lowBits - RangeModels.AlignTreeBits) * Bit) + align[(int)(value & 15)];
    }

    PriceTable Tree(int tree, int bits) => Table(1 << bits, symbol => OfTree(tree, bits, symbol));

    PriceTable Slots(int tree) => Tree(tree, RangeModels.SlotTreeBits);

    PriceTable[] Lengths(int models, int count)
        => [.. Enumerable.Range(0, count).Select(index =>
            Table(LengthTableCount, length => OfLength(models + (index * RangeModels.LengthModels), length)))];

    PriceTable Table(int symbolCount, Func<int, int> priceOf)
    {
        var table = new PriceTable(symbolCount, priceOf);
        _tables.Add(table);
        return table;
    }

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
