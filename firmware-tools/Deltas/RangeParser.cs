using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// Chooses the operations of a block: the cheapest way from start to end by the prices of the moment, stretch by
/// stretch, so that prices follow what the models have learnt.
/// </summary>
sealed class RangeParser
{
    const int StretchBytes = 1024;

    // A copy of the source in use that long is taken without looking for anything better; one of a new source at twice.
    const int SureBytes = 64;

    // A way that much dearer than the cheapest one to the same position is given up.
    const int GiveUpPrice = 48 * RangePrices.Bit;

    readonly RangeBlock _block;
    readonly RangeMatches _matches;
    readonly RangeWriter _writer;
    readonly RangePrices _prices;
    readonly RangeArrivals _arrivals;
    readonly List<RangeOperation> _operations = [];
    int _end;

    /// <param name="block">The block.</param>
    /// <param name="matches">New sources in it.</param>
    /// <param name="guide">Models after an earlier pass, null on the first.</param>
    internal RangeParser(RangeBlock block, RangeMatches matches, ushort[]? guide)
    {
        _block = block;
        _matches = matches;
        _writer = new RangeWriter(block);
        _prices = new RangePrices(_writer.Models, guide, block.Base is { HasMap: true });
        _arrivals = new RangeArrivals(block, Math.Min(StretchBytes, block.Target.Length));
    }

    /// <summary>The models at the end, to guide the next pass.</summary>
    internal ushort[] Models => _writer.Models;

    internal byte[] Run()
    {
        while (_writer.State.Position < _block.Target.Length)
        {
            _prices.Refresh();
            _arrivals.Start(_writer.State);
            ParseStretch();
        }

        return _writer.Finish();
    }

    void ParseStretch()
    {
        int start = _writer.State.Position;
        _end = Math.Min(_block.Target.Length, start + StretchBytes);
        for (int position = start; position < _end; position++)
        {
            if (_arrivals.Count(position) > 0)
            {
                if (TakeSureCopy(position))
                {
                    return;
                }

                Continue(position);
            }
        }

        WriteUpTo(start, _end, 0);
    }

    void WriteUpTo(int start, int position, int rank)
    {
        _operations.Clear();
        while (position > start)
        {
            ref readonly RangeArrival arrival = ref _arrivals.At(position, rank);
            _operations.Add(arrival.Last);
            position = arrival.FromPosition;
            rank = arrival.FromRank;
        }

        for (int i = _operations.Count - 1; i >= 0; i--)
        {
            _writer.Write(_operations[i]);
        }
    }

    // A long copy ends the stretch: whatever leads to it by the cheapest way is written, then the copy.
    bool TakeSureCopy(int position)
    {
        uint source = _arrivals.At(position, 0).State.First;
        int count = _block.MatchBytes(source, position);
        int rank = 0;
        if (count < SureBytes)
        {
            RangeMatch longest = Longest(position);
            if (longest.Count < 2 * SureBytes)
            {
                return false;
            }

            count = longest.Count;
            rank = CheapestWay(position, longest, out source);
        }

        WriteUpTo(_writer.State.Position, position, rank);
        while (count > 0)
        {
            int piece = Math.Min(count, RangeModels.LengthMax);
            RangeOperationKind kind = _writer.State.KindFor(source);
            _writer.Write(new RangeOperation(kind, source, piece));
            count -= piece;
        }

        return true;
    }

    RangeMatch Longest(int position)
    {
        RangeMatch longest = default;
        foreach (RangeMatch match in _matches.InBase(position))
        {
            longest = match.Count > longest.Count ? match : longest;
        }

        ReadOnlySpan<RangeMatch> inBlock = _matches.InBlock(position);
        return inBlock.Length > 0 && inBlock[^1].Count > longest.Count ? inBlock[^1] : longest;
    }

    // Several places of the base may be equally long: the nearest to an arrival's alignment is cheapest to name.
    int CheapestWay(int position, RangeMatch longest, out uint source)
    {
        int rank = 0;
        int best = int.MaxValue;
        source = longest.Source;
        for (int i = 0; i < _arrivals.Count(position); i++)
        {
            ref readonly RangeArrival arrival = ref _arrivals.At(position, i);
            if (!RangeState.IsBase(longest.Source))
            {
                return 0;
            }

            foreach (RangeMatch match in _matches.InBase(position))
            {
                int price = arrival.Price + _prices.Alignment(arrival.State, match.Source);
                if (match.Count == longest.Count && price < best)
                {
                    best = price;
                    rank = i;
                    source = match.Source;
                }
            }
        }

        return rank;
    }

    void Continue(int position)
    {
        int limit = _arrivals.At(position, 0).Price + GiveUpPrice;
        int count = _arrivals.Count(position);
        for (int rank = 0; rank < count; rank++)
        {
            ref readonly RangeArrival from = ref _arrivals.At(position, rank);
            if (from.Price <= limit)
            {
                OfferByte(from, rank);
                OfferRepeats(from, rank);
                OfferAlignments(from, rank);
                OfferDistances(from, rank);
            }
        }
    }

    void OfferByte(in RangeArrival from, int rank)
    {
        int position = from.State.Position;
        int value = _block.Target[position];
        int literal = _prices.Literal(from.State, RangeBlock.LiteralTree(position), value);
        _arrivals.Offer(from, rank, RangeOperation.Literal, from.Price + literal);
        int predicted = _block.Predict(from.State.First, position);
        if (predicted >= 0)
        {
            int difference = _prices.Difference(from.State, (value - predicted) & 0xFF);
            _arrivals.Offer(from, rank, RangeOperation.Difference, from.Price + difference);
        }
    }

    void OfferRepeats(in RangeArrival from, int rank)
    {
        int room = _end - from.State.Position;
        for (int i = 0; i < 4; i++)
        {
            var kind = (RangeOperationKind)((int)RangeOperationKind.RepeatFirst + i);
            uint source = from.State.Source(kind);
            int longest = Math.Min(_block.MatchBytes(source, from.State.Position), room);
            if (longest == 0)
            {
                continue;
            }

            int head = from.Price + _prices.RepeatHead(from.State, kind);
            for (int count = longest; count >= RangeModels.RepeatBytesMin; count = Shorter(count, longest, 8, 16))
            {
                int price = head + _prices.RepeatLength(from.State, count);
                _arrivals.Offer(from, rank, new RangeOperation(kind, source, count), price);
            }
        }
    }

    void OfferAlignments(in RangeArrival from, int rank)
    {
        int room = _end - from.State.Position;
        int head = from.Price + _prices.NewHead(from.State, isBase: true);
        foreach (RangeMatch match in _matches.InBase(from.State.Position))
        {
            if (match.Source == from.State.First)
            {
                continue;
            }

            int named = head + _prices.Alignment(from.State, match.Source);
            int longest = Math.Min(match.Count, room);
            for (int count = longest; count >= RangeModels.NewBytesMin; count = Shorter(count, longest, 4, 8))
            {
                int price = named + _prices.AlignmentLength(count);
                _arrivals.Offer(from, rank, new RangeOperation(RangeOperationKind.New, match.Source, count), price);
            }
        }
    }

    void OfferDistances(in RangeArrival from, int rank)
    {
        int room = _end - from.State.Position;
        int head = from.Price + _prices.NewHead(from.State, isBase: false);

        // What a nearer match reaches is cheaper from there.
        int reached = RangeModels.NewBytesMin - 1;
        foreach (RangeMatch match in _matches.InBlock(from.State.Position))
        {
            int longest = Math.Min(match.Count, room);
            for (int count = longest; count > reached; count = Shorter(count, longest, 16, 24))
            {
                int price = head + _prices.DistanceLength(from.State, count) + _prices.Distance(match.Source, count);
                _arrivals.Offer(from, rank, new RangeOperation(RangeOperationKind.New, match.Source, count), price);
            }

            reached = Math.Max(reached, longest);
        }
    }

    // Next shorter count to try: all close to the longest, then all short ones, none between.
    static int Shorter(int count, int longest, int close, int shortMax)
        => count - 1 < longest - close && count - 1 > shortMax ? shortMax : count - 1;
}
