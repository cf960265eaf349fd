namespace Twinbank.Deltas;

/// <summary>
/// Prices by symbol, each worked out when it is first asked for after a refresh: a parser asks for few of them often.
/// </summary>
sealed class PriceTable(int symbolCount, Func<int, int> priceOf)
{
    readonly int[] _prices = new int[symbolCount];
    readonly int[] _refreshes = new int[symbolCount];
    int _refresh = 1;

    internal void Refresh() => _refresh++;

    internal int this[int symbol]
    {
        get
        {
            if (_refreshes[symbol] != _refresh)
            {
                _refreshes[symbol] = _refresh;
                _prices[symbol] = priceOf(symbol);
            }

            return _prices[symbol];
        }
    }
}
