using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>
/// New sources worth a thought at each position of a block. Found once, on demand, and kept for all passes.
/// </summary>
sealed class RangeMatches
{
    // A pair of equal bytes is only worth its distance when that is short.
    const int PairDistanceMax = 512;

    const int TripleBytes = 3;
    const int ChainStepsMax = 48;

    // A match that long ends the search for longer ones.
    const int EnoughBytes = 512;

    const int BasePlacesMax = 8;

    // A match in the base that long is no accident: what stands before it belongs to the same piece of base.
    const int SureBytes = 16;

    // How far before a sure match its alignment is still tried.
    const int ReachBytes = 256;

    readonly RangeBlock _block;
    readonly byte[] _target;

    // Nearest earlier position with the same two and three bytes, -1 without one.
    readonly int[] _previousPair;
    readonly int[] _previousTriple;

    // Alignment of the next sure match, as a source; 0 when none is near.
    readonly uint[]? _sourceAhead;

    readonly List<RangeMatch> _matches = [];
    readonly int[] _firstMatch;
    readonly int[] _baseCount;
    readonly int[] _distanceCount;

    internal RangeMatches(RangeBlock block)
    {
        _block = block;
        _target = block.Target;
        _previousPair = LinkPairs(_target);
        _previousTriple = LinkTriples(_target);
        _firstMatch = new int[_target.Length];
        _baseCount = new int[_target.Length];
        _distanceCount = new int[_target.Length];
        Array.Fill(_firstMatch, -1);
        if (block.Base != null)
        {
            _sourceAhead = new uint[_target.Length];
            LookAhead(_sourceAhead);
        }
    }

    /// <summary>Alignments of the base, in no order.</summary>
    internal ReadOnlySpan<RangeMatch> InBase(int position)
    {
        Search(position);
        return All.Slice(_firstMatch[position], _baseCount[position]);
    }

    /// <summary>Distances, each longer and farther than the one before.</summary>
    internal ReadOnlySpan<RangeMatch> InBlock(int position)
    {
        Search(position);
        return All.Slice(_firstMatch[position] + _baseCount[position], _distanceCount[position]);
    }

    ReadOnlySpan<RangeMatch> All => System.Runtime.InteropServices.CollectionsMarshal.AsSpan(_matches);

    void Search(int position)
    {
        if (_firstMatch[position] >= 0)
        {
            return;
        }

        _firstMatch[position] = _matches.Count;
        if (_block.Base != null)
        {
            SearchBase(position);
        }

        _baseCount[position] = _matches.Count - _firstMatch[position];
        SearchBlock(position);
        _distanceCount[position] = _matches.Count - _firstMatch[position] - _baseCount[position];
    }

    void SearchBase(int position)
    {
        Span<BasePlace> places = stackalloc BasePlace[BasePlacesMax];
        int count = _block.FindInBase(position, TripleBytes, places);
        foreach (BasePlace place in places[..count])
        {
            uint source = RangeBlock.AlignmentSource(place.Offset, position);
            int bytes = _block.MatchBytes(source, position);
            if (bytes >= TripleBytes)
            {
                _matches.Add(new RangeMatch(source, bytes));
            }
        }

        if (_block.Base!.HasMap)
        {
            int bytes = _block.MatchBytes(RangeModels.MapSource, position);
            if (bytes >= 2)
            {
                _matches.Add(new RangeMatch(RangeModels.MapSource, bytes));
            }
        }

        uint ahead = _sourceAhead![position];
        if (ahead != 0)
        {
            int bytes = _block.MatchBytes(ahead, position);
            if (bytes >= 2)
            {
                _matches.Add(new RangeMatch(ahead, bytes));
            }
        }
    }

    void SearchBlock(int position)
    {
        int best = 1;
        int candidate = _previousPair[position];
        if (candidate >= 0)
        {
            int bytes = MatchBytes(position, candidate);
            if (bytes > 2 || position - candidate < PairDistanceMax)
            {
                _matches.Add(new RangeMatch((uint)(position - candidate), bytes));
                best = bytes;
            }
        }

        candidate = _previousTriple[position];
        for (int steps = 0; candidate >= 0 && steps < ChainStepsMax && best <= EnoughBytes; steps++)
        {
            if (position + best >= _target.Length || _target[candidate + best] == _target[position + best])
            {
                int bytes = MatchBytes(position, candidate);
                if (bytes > best)
                {
                    _matches.Add(new RangeMatch((uint)(position - candidate), bytes));
                    best = bytes;
                }
            }

            candidate = _previousTriple[candidate];
        }
    }

    int MatchBytes(int position, int candidate)
        => _target.AsSpan(position).CommonPrefixLength(_target.AsSpan(candidate));

    // Backwards, so that each position learns what begins after it. Every fourth position is enough for 16 bytes.
    void LookAhead(uint[] sourceAhead)
    {
        Span<BasePlace> place = stackalloc BasePlace[1];
        uint source = 0;
        int reach = 0;
        for (int position = _target.Length - 1; position >= 0; position--)
        {
            if ((position & 3) == 0 && _block.FindInBase(position, SureBytes, place) > 0)
            {
                source = RangeBlock.AlignmentSource(place[0].Offset, position);
                reach = ReachBytes;
            }

            sourceAhead[position] = reach-- > 0 ? source : 0;
        }
    }

    static int[] LinkPairs(byte[] target)
    {
        int[] previous = new int[target.Length];
        int[] latest = new int[0x10000];
        Array.Fill(latest, -1);
        Array.Fill(previous, -1);
        for (int i = 0; i + 2 <= target.Length; i++)
        {
            ref int head = ref latest[(target[i] << 8) | target[i + 1]];
            previous[i] = head;
            head = i;
        }

        return previous;
    }

    // By a hash: a chain may hold strangers, which the comparison drops.
    static int[] LinkTriples(byte[] target)
    {
        int[] previous = new int[target.Length];
        int[] latest = new int[0x10000];
        Array.Fill(latest, -1);
        Array.Fill(previous, -1);
        for (int i = 0; i + TripleBytes <= target.Length; i++)
        {
            uint triple = (uint)((target[i] << 16) | (target[i + 1] << 8) | target[i + 2]);
            ref int head = ref latest[(triple * 0x9E3779B1) >> 16];
            previous[i] = head;
            head = i;
        }

        return previous;
    }
}
