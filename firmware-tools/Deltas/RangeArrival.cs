namespace Twinbank.Deltas;

/// <summary>One way to have reached a position: its price, its last operation, what the decoder knows.</summary>
struct RangeArrival
{
    /// <summary>Price since the start of the stretch, in 1/64 bit.</summary>
    internal int Price;

    /// <summary>Position and rank of the arrival that the last operation started from.</summary>
    internal int FromPosition;
    internal int FromRank;

    internal RangeOperation Last;
    internal RangeState State;
}
