namespace Twinbank.Deltas;

/// <summary>A base image with what it takes to search it. Made once per base image, used for every block.</summary>
sealed class BaseIndex
{
    // Enough to find where a string would stand; how long a match really is, is measured afterwards.
    const int CompareBytesMax = 256;

    readonly byte[] _payload;
    readonly int[] _suffixes;

    // First suffix of each pair of leading bytes; a last single byte counts as followed by 0.
    readonly int[] _pairStarts = new int[0x10001];

    /// <param name="payload">The base image's data areas laid end to end in block order. Not copied.</param>
    internal BaseIndex(byte[] payload)
    {
        _payload = payload;
        _suffixes = SuffixArray.Build(payload);
        for (int i = 0; i < payload.Length; i++)
        {
            _pairStarts[Pair(payload[i], i + 1 < payload.Length ? payload[i + 1] : (byte)0) + 1]++;
        }

        for (int i = 0; i < 0x10000; i++)
        {
            _pairStarts[i + 1] += _pairStarts[i];
        }
    }

    /// <summary>The image itself, 0 to 2^31 - 1 bytes.</summary>
    public ReadOnlySpan<byte> Payload => _payload;

    /// <summary>
    /// Places of the base that agree longest with <paramref name="wanted"/>, longest first, none shorter than
    /// <paramref name="bytesMin"/> (at least 2); as many as <paramref name="places"/> has room for.
    /// </summary>
    internal int Find(ReadOnlySpan<byte> wanted, int bytesMin, Span<BasePlace> places)
    {
        if (wanted.Length < bytesMin)
        {
            return 0;
        }

        int pair = Pair(wanted[0], wanted[1]);
        int start = _pairStarts[pair];
        int end = _pairStarts[pair + 1];
        int right = LowerBound(wanted[..Math.Min(wanted.Length, CompareBytesMax)], start, end);
        int left = right - 1;
        int leftBytes = left >= start ? MatchBytes(wanted, _suffixes[left]) : 0;
        int rightBytes = right < end ? MatchBytes(wanted, _suffixes[right]) : 0;
        int count = 0;
        while (count < places.Length && Math.Max(leftBytes, rightBytes) >= bytesMin)
        {
            if (leftBytes >= rightBytes)
            {
                places[count++] = new BasePlace(_suffixes[left--], leftBytes);
                leftBytes = left >= start ? MatchBytes(wanted, _suffixes[left]) : 0;
            }
            else
            {
                places[count++] = new BasePlace(_suffixes[right++], rightBytes);
                rightBytes = right < end ? MatchBytes(wanted, _suffixes[right]) : 0;
            }
        }

        return count;
    }

    /// <summary>How many bytes of the base at an offset agree with the wanted ones; 0 outside the base.</summary>
    internal int MatchBytes(ReadOnlySpan<byte> wanted, int offset)
        => (uint)offset < (uint)_payload.Length ? wanted.CommonPrefixLength(_payload.AsSpan(offset)) : 0;

    int LowerBound(ReadOnlySpan<byte> wanted, int start, int end)
    {
        while (start < end)
        {
            int middle = start + ((end - start) >> 1);
            if (_payload.AsSpan(_suffixes[middle]).SequenceCompareTo(wanted) < 0)
            {
                start = middle + 1;
            }
            else
            {
                end = middle;
            }
        }

        return start;
    }

    static int Pair(byte first, byte second) => (first << 8) | second;
}
