namespace Twinbank.Deltas;

/// <summary>
/// Sorts all suffixes of a text by induction (Nong, Zhang and Chan, "Two Efficient Algorithms for Linear Time Suffix
/// Array Construction", 2009): the suffixes at local minima are sorted first, by recursion, and give the order of all
/// others in two passes. Time and memory are linear.
/// </summary>
sealed class SuffixArray
{
    readonly int[] _text;
    readonly int[] _order;
    readonly int[] _counts;
    readonly int[] _bucket;

    // True for a suffix that is smaller than the one a character later.
    readonly bool[] _rises;

    SuffixArray(int[] text, int alphabet)
    {
        _text = text;
        _order = new int[text.Length];
        _counts = new int[alphabet];
        _bucket = new int[alphabet];
        _rises = new bool[text.Length];
        _rises[^1] = true;
        for (int i = text.Length - 2; i >= 0; i--)
        {
            _rises[i] = text[i] < text[i + 1] || (text[i] == text[i + 1] && _rises[i + 1]);
        }

        foreach (int character in text)
        {
            _counts[character]++;
        }
    }

    /// <summary>Start offsets of all suffixes, smallest first; a suffix is larger than its prefixes.</summary>
    internal static int[] Build(ReadOnlySpan<byte> text)
    {
        // A terminator smaller than any byte ends the text; its own suffix, always the first, is left out.
        int[] characters = new int[text.Length + 1];
        for (int i = 0; i < text.Length; i++)
        {
            characters[i] = text[i] + 1;
        }

        return Sort(characters, 257)[1..];
    }

    static int[] Sort(int[] text, int alphabet)
    {
        var array = new SuffixArray(text, alphabet);
        array.SortMinima();
        array.Induce();
        return array._order;
    }

    bool IsMinimum(int offset) => offset > 0 && _rises[offset] && !_rises[offset - 1];

    // Leaves the minima, and only them, at the ends of their buckets, in order.
    void SortMinima()
    {
        int[] minima = [.. Enumerable.Range(0, _text.Length).Where(IsMinimum)];
        PlaceMinima(minima);
        Induce();
        int[] names = NameMinima(minima, out int nameCount);
        int[] sorted;
        if (nameCount < minima.Length)
        {
            sorted = Sort(names, nameCount);
        }
        else
        {
            sorted = new int[minima.Length];
            for (int i = 0; i < names.Length; i++)
            {
                sorted[names[i]] = i;
            }
        }

        PlaceMinima([.. sorted.Select(index => minima[index])]);
    }

    void PlaceMinima(int[] minima)
    {
        Array.Fill(_order, -1);
        PointToBucketEnds();
        for (int i = minima.Length - 1; i >= 0; i--)
        {
            _order[--_bucket[_text[minima[i]]]] = minima[i];
        }
    }

    // The rank of each minimum's piece of text up to the next minimum, in text order; equal pieces share a rank.
    int[] NameMinima(int[] minima, out int nameCount)
    {
        int[] nameAt = new int[_text.Length];
        int name = -1;
        int previous = -1;
        foreach (int offset in _order)
        {
            if (IsMinimum(offset))
            {
                name += previous >= 0 && IsSamePiece(previous, offset) ? 0 : 1;
                nameAt[offset] = name;
                previous = offset;
            }
        }

        nameCount = name + 1;
        return [.. minima.Select(offset => nameAt[offset])];
    }

    bool IsSamePiece(int left, int right)
    {
        for (int i = 0; left + i < _text.Length && right + i < _text.Length; i++)
        {
            if (_text[left + i] != _text[right + i] || _rises[left + i] != _rises[right + i])
            {
                return false;
            }

            if (i > 0 && (IsMinimum(left + i) || IsMinimum(right + i)))
            {
                return IsMinimum(left + i) && IsMinimum(right + i);
            }
        }

        return false;
    }

    // From sorted minima: first all falling suffixes, left to right, then all rising ones, right to left.
    void Induce()
    {
        PointToBucketStarts();
        for (int i = 0; i < _order.Length; i++)
        {
            int offset = _order[i] - 1;
            if (offset >= 0 && !_rises[offset])
            {
                _order[_bucket[_text[offset]]++] = offset;
            }
        }

        PointToBucketEnds();
        for (int i = _order.Length - 1; i >= 0; i--)
        {
            int offset = _order[i] - 1;
            if (offset >= 0 && _rises[offset])
            {
                _order[--_bucket[_text[offset]]] = offset;
            }
        }
    }

    void PointToBucketStarts()
    {
        int sum = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            _bucket[i] = sum;
            sum += _counts[i];
        }
    }

    void PointToBucketEnds()
    {
        int sum = 0;
        for (int i = 0; i < _counts.Length; i++)
        {
            sum += _counts[i];
            _bucket[i] = sum;
        }
    }
}
