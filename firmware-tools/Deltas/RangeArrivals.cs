namespace Twinbank.Deltas;

/// <summary>
/// The cheapest ways to reach each position of a stretch, a few per position, each with another latest source: the
/// dearer one may hold the alignment that pays off later.
/// </summary>
sealed class RangeArrivals(RangeBlock block, int positionCount)
{
    internal const int RanksMax = 4;

    readonly RangeArrival[] _arrivals = new RangeArrival[(positionCount + 1) * RanksMax];
    readonly int[] _counts = new int[positionCount + 1];
    int _origin;

    internal void Start(in RangeState state)
    {
        Array.Clear(_counts);
        _origin = state.Position;
        _counts[0] = 1;
        _arrivals[0] = new RangeArrival { State = state };
    }

    internal int Count(int position) => _counts[position - _origin];

    internal ref readonly RangeArrival At(int position, int rank)
        => ref _arrivals[((position - _origin) * RanksMax) + rank];

    /// <summary>Keeps the way that leads on from an arrival by one operation, when it is among the cheapest.</summary>
    internal void Offer(in RangeArrival from, int fromRank, in RangeOperation operation, int price)
    {
        int node = from.State.Position + operation.Count - _origin;
        Span<RangeArrival> ranked = _arrivals.AsSpan(node * RanksMax, RanksMax);
        int count = _counts[node];
        if (count == RanksMax && ranked[RanksMax - 1].Price <= price)
        {
            return;
        }

        uint first = operation.Kind > RangeOperationKind.RepeatFirst ? operation.Source : from.State.First;
        int free = 0;
        while (free < count && ranked[free].State.First != first)
        {
            free++;
        }

        if (free < count)
        {
            if (ranked[free].Price <= price)
            {
                return;
            }
        }
        else if (count == RanksMax)
        {
            free = RanksMax - 1;
        }
        else
        {
            _counts[node] = count + 1;
        }

        for (; free > 0 && ranked[free - 1].Price > price; free--)
        {
            ranked[free] = ranked[free - 1];
        }

        ref RangeArrival arrival = ref ranked[free];
        arrival.Price = price;
        arrival.FromPosition = from.State.Position;
        arrival.FromRank = fromRank;
        arrival.Last = operation;
        arrival.State = from.State;
        arrival.State.Apply(block, operation);
    }
}
