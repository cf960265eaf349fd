namespace Twinbank.Layout.Planning;

/// <summary>The addresses of an area that nothing occupies, as ranges in ascending order that do not touch.</summary>
sealed class FreeSpace
{
    readonly List<AddressSpan> _free = [];

    internal FreeSpace(AddressSpan area)
    {
        if (area.SizeBytes > 0)
        {
            _free.Add(area);
        }
    }

    internal IReadOnlyList<AddressSpan> Ranges => _free;

    internal bool IsFree(AddressSpan wanted)
        => wanted.Start <= wanted.End && _free.Exists(range => range.Start <= wanted.Start && wanted.End <= range.End);

    /// <summary>Occupies what is free of a range; what is occupied already stays so.</summary>
    internal void Take(AddressSpan taken)
    {
        for (int i = 0; i < _free.Count; i++)
        {
            AddressSpan range = _free[i];
            if (!range.Overlaps(taken))
            {
                continue;
            }

            _free.RemoveAt(i--);
            if (range.Start < taken.Start)
            {
                _free.Insert(++i, range with { End = taken.Start });
            }

            if (taken.End < range.End)
            {
                _free.Insert(++i, range with { Start = taken.End });
            }
        }
    }

    /// <summary>Gives a range back that was occupied as a whole.</summary>
    internal void Release(AddressSpan released)
    {
        int at = _free.FindIndex(range => range.Start >= released.End);
        at = at < 0 ? _free.Count : at;
        _free.Insert(at, released);
        if (at + 1 < _free.Count && _free[at + 1].Start == released.End)
        {
            _free[at] = released with { End = _free[at + 1].End };
            _free.RemoveAt(at + 1);
        }

        if (at > 0 && _free[at - 1].End == _free[at].Start)
        {
            _free[at - 1] = _free[at - 1] with { End = _free[at].End };
            _free.RemoveAt(at);
        }
    }
}
