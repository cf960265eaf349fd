namespace Twinbank.Deltas;

/// <summary>
/// The shifts that explain what was seen best: votes of single addresses, against what an entry of the map costs. Exact
/// for these prices, by going through the addresses once and keeping the best way to each shift.
/// </summary>
sealed class ShiftFit
{
    readonly SortedDictionary<uint, Dictionary<uint, int>> _votes = [];

    /// <summary>Adds what it would save (in bits) to predict that an address moved by a shift.</summary>
    internal void Vote(uint address, uint shift, int weight)
    {
        if (!_votes.TryGetValue(address, out Dictionary<uint, int>? shifts))
        {
            _votes[address] = shifts = [];
        }

        shifts[shift] = shifts.GetValueOrDefault(shift) + weight;
    }

    /// <summary>Entries in address order; <paramref name="entryPrice"/> is what each costs, in bits.</summary>
    internal List<ShiftEntry> Solve(int entryPrice)
    {
        // Gain of the best way that ends in a shift, and its last step.
        var ways = new Dictionary<uint, Way> { [0] = new Way(0, null) };
        var best = new Way(0, null);
        uint bestShift = 0;
        foreach ((uint address, Dictionary<uint, int> shifts) in _votes)
        {
            Way reached = best;
            uint reachedShift = bestShift;
            foreach ((uint shift, int weight) in shifts.OrderBy(vote => vote.Key))
            {
                Way way = ways.TryGetValue(shift, out Way? stay) && stay.Gain >= reached.Gain - entryPrice
                    ? stay with { Gain = stay.Gain + weight }
                    : new Way(reached.Gain - entryPrice + weight, new Step(address, shift, reached.Last));
                if (shift == reachedShift && reached.Gain + weight >= way.Gain)
                {
                    way = reached with { Gain = reached.Gain + weight };
                }

                ways[shift] = way;
                if (way.Gain > best.Gain)
                {
                    best = way;
                    bestShift = shift;
                }
            }
        }

        var entries = new List<ShiftEntry>();
        for (Step? step = best.Last; step != null; step = step.Before)
        {
            entries.Add(new ShiftEntry(step.Address, step.Shift));
        }

        entries.Reverse();
        return entries;
    }

    sealed record Step(uint Address, uint Shift, Step? Before);

    sealed record Way(int Gain, Step? Last);
}
