namespace Twinbank.Deltas;

/// <summary>
/// Finds which stretch of the base each stretch of the target was, from the bytes with their references taken out, and
/// from symbols where there are any.
/// </summary>
sealed class CodeAlignment
{
    // A match that short is an accident.
    const int NewStretchBytesMin = 12;

    // How much more a new alignment must have right than the current one has there.
    const int GainBytesMin = 8;

    const int PlacesMax = 8;
    const int SymbolBytesMax = 256;

    readonly byte[] _base;
    readonly byte[] _target;
    readonly BaseIndex _index;
    readonly Dictionary<int, int> _symbolPlaces;
    readonly List<CodeStretch> _stretches = [];
    int _stretchStart;
    int _alignment;
    bool _open;

    CodeAlignment(byte[] maskedBase, byte[] maskedTarget, Dictionary<int, int> symbolPlaces)
    {
        _base = maskedBase;
        _target = maskedTarget;
        _index = new BaseIndex(maskedBase);
        _symbolPlaces = symbolPlaces;
    }

    /// <param name="maskedBase">See <see cref="CodeFields.Mask"/>.</param>
    /// <param name="maskedTarget">The same of the target.</param>
    /// <param name="symbolPlaces">Target offsets of symbols with the base offset of the one of the same name.</param>
    internal static List<CodeStretch> Find(
        byte[] maskedBase, byte[] maskedTarget, Dictionary<int, int> symbolPlaces)
    {
        var alignment = new CodeAlignment(maskedBase, maskedTarget, symbolPlaces);
        alignment.Run();
        return alignment._stretches;
    }

    void Run()
    {
        Span<BasePlace> places = stackalloc BasePlace[PlacesMax];
        int at = 0;
        while (at < _target.Length)
        {
            if (_symbolPlaces.TryGetValue(at, out int place))
            {
                TakeSymbol(at, place - at);
            }

            int now = _open ? MatchBytes(at, _alignment) : 0;
            int limit = NextSymbol(at, now);
            if (limit > 0)
            {
                at += limit;
                continue;
            }

            BasePlace best = Longest(at, places);
            if (best.Bytes < Math.Max(NewStretchBytesMin, now + 1) || !Beats(at, best))
            {
                at += Math.Max(1, now);
                continue;
            }

            int start = at;
            int alignment = best.Offset - at;
            int floor = _open ? _stretchStart : 0;
            while (start > floor && start + alignment > 0 && Same(start - 1, alignment) && !SameNow(start - 1))
            {
                start--;
            }

            Open(start, alignment);
            at += best.Bytes;
        }

        Close(_target.Length);
    }

    // Stops a match at the next symbol, which may have a better place: bytes up to it, or 0 when it is not so near.
    int NextSymbol(int at, int bytes)
    {
        if (_symbolPlaces.Count == 0)
        {
            return bytes >= SymbolBytesMax ? bytes : 0;
        }

        for (int i = 1; i < bytes; i++)
        {
            if (_symbolPlaces.ContainsKey(at + i))
            {
                return i;
            }
        }

        return bytes >= SymbolBytesMax ? bytes : 0;
    }

    void TakeSymbol(int at, int alignment)
    {
        if (_open && alignment == _alignment)
        {
            return;
        }

        int count = Math.Min(SymbolBytesMax, _target.Length - at);
        int there = SameBytes(at, count, alignment);
        int here = _open ? SameBytes(at, count, _alignment) : 0;
        if (there > here && there >= Math.Min(GainBytesMin, count))
        {
            Open(at, alignment);
        }
    }

    bool Beats(int at, BasePlace best)
        => !_open || best.Bytes >= SameBytes(at, best.Bytes, _alignment) + GainBytesMin;

    BasePlace Longest(int at, Span<BasePlace> places)
    {
        int count = _index.Find(_target.AsSpan(at), NewStretchBytesMin, places);
        BasePlace best = default;
        for (int i = 0; i < count; i++)
        {
            bool isNearer = Math.Abs(places[i].Offset - at - _alignment) < Math.Abs(best.Offset - at - _alignment);
            if (places[i].Bytes > best.Bytes || (places[i].Bytes == best.Bytes && isNearer))
            {
                best = places[i];
            }
        }

        return best;
    }

    void Open(int start, int alignment)
    {
        Close(start);
        _open = true;
        _stretchStart = start;
        _alignment = alignment;
    }

    void Close(int end)
    {
        if (_open && end > _stretchStart)
        {
            int bytes = Math.Min(end - _stretchStart, _base.Length - (_stretchStart + _alignment));
            if (bytes > 0)
            {
                _stretches.Add(new CodeStretch(_stretchStart, _stretchStart + _alignment, bytes));
            }
        }
    }

    bool SameNow(int at) => _open && Same(at, _alignment);

    bool Same(int at, int alignment)
        => (uint)(at + alignment) < (uint)_base.Length && _base[at + alignment] == _target[at];

    int SameBytes(int at, int count, int alignment)
    {
        int same = 0;
        for (int i = 0; i < count; i++)
        {
            same += Same(at + i, alignment) ? 1 : 0;
        }

        return same;
    }

    int MatchBytes(int at, int alignment) => _index.MatchBytes(_target.AsSpan(at), at + alignment);
}
