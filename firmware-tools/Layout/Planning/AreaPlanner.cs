using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Planning;

/// <summary>
/// Places the pieces of one area: each back at its address; what outgrew it into its own block, else a hole, else the
/// end, else a new block. The same request gives the same plan.
/// </summary>
sealed class AreaPlanner
{
    readonly AreaRequest _request;
    readonly FreeSpace _free;
    readonly List<PlacedPiece> _placed = [];
    readonly List<EntryPoint> _entries = [];
    uint _end;

    AreaPlanner(AreaRequest request)
    {
        _request = request;
        _free = new FreeSpace(request.Area);
        _end = request.Area.Start;
        foreach (AddressSpan reserved in request.Reserved)
        {
            _free.Take(reserved);
        }
    }

    /// <summary>The plan, or null when the pieces do not fit into the area.</summary>
    internal static AreaPlan? Plan(AreaRequest request)
    {
        var planner = new AreaPlanner(request);
        return (request.IsFirst ? planner.PlaceFirst() : planner.PlaceNext())
            ? new AreaPlan(
                [.. planner._placed.OrderBy(placed => placed.Address)],
                [.. planner._entries.OrderBy(entry => entry.Address)])
            : null;
    }

    /// <summary>The order of the link is a good first layout; each block keeps its spare area free.</summary>
    bool PlaceFirst()
        => _request.Pieces.All(piece => TryAtEnd(piece, PlaceReason.First, previous: null));

    bool PlaceNext()
    {
        KeepEntries();
        List<Piece> fresh = [];
        List<(Piece Piece, AddressSpan Old)> grown = [];
        foreach (Piece piece in _request.Pieces)
        {
            if (!_request.Previous.TryGetValue(piece.Key, out AddressSpan old) || !IsInside(piece, old))
            {
                fresh.Add(piece);
            }
            else if (piece.SizeBytes <= old.SizeBytes)
            {
                Place(piece, old.Start, PlaceReason.Kept, old);
            }
            else
            {
                Occupy(old);
                grown.Add((piece, old));
            }
        }

        List<(Piece Piece, AddressSpan Old)> moved =
            [.. grown.OrderBy(one => one.Old.Start).Where(one => !TryGrow(one))];
        foreach ((Piece piece, AddressSpan old) in moved)
        {
            _free.Release(old);
        }

        return moved.OrderByDescending(one => one.Piece.SizeBytes).ThenBy(one => one.Piece.Key, StringComparer.Ordinal)
                .Select(LeaveEntry).ToList().All(one => TryMove(one.Piece, one.Old))
            && fresh.OrderByDescending(piece => piece.SizeBytes).ThenBy(piece => piece.Key, StringComparer.Ordinal)
                .All(TryNew);
    }

    /// <summary>An address that is not aligned, or not free any more, counts as none.</summary>
    bool IsInside(Piece piece, AddressSpan old)
        => old.Start % piece.AlignmentBytes == 0
            && _free.IsFree(old with { End = Math.Min(old.End, old.Start + piece.SizeBytes) });

    /// <summary>A branch stays as long as its function does: others hold its address.</summary>
    void KeepEntries()
    {
        HashSet<string> keys =
            [.. _request.Pieces.Where(piece => piece.EntrySymbol.Length > 0).Select(piece => piece.Key)];
        foreach (EntryPoint entry in _request.Entries)
        {
            if (keys.Contains(entry.Key) && _free.IsFree(entry.Span))
            {
                Occupy(entry.Span);
                _entries.Add(entry);
            }
        }
    }

    bool TryGrow((Piece Piece, AddressSpan Old) one)
    {
        var rest = new AddressSpan(one.Old.End, one.Old.Start + one.Piece.SizeBytes);
        if (!_free.IsFree(rest))
        {
            return false;
        }

        Place(one.Piece, one.Old.Start, PlaceReason.GrewInPlace, one.Old);
        return true;
    }

    /// <summary>Keeps an old address alive that many hold; decided before others take the room.</summary>
    (Piece Piece, AddressSpan Old) LeaveEntry((Piece Piece, AddressSpan Old) one)
    {
        var entry = new EntryPoint(one.Piece.EntrySymbol, one.Old.Start, one.Piece.Key);
        if (_request.EntryMachine != 0 && entry.Symbol.Length > 0 && one.Old.SizeBytes >= EntryPoint.SizeBytes
            && LayoutCost.PrefersEntry(one.Piece.ReferenceCount) && !_entries.Exists(known => known.Key == entry.Key)
            && EntryBranch.Reaches(_request.EntryMachine, entry.Address, entry.Address))
        {
            Occupy(entry.Span);
            _entries.Add(entry);
        }

        return one;
    }

    bool TryMove(Piece piece, AddressSpan old)
    {
        AddressSpan window = Window(old.Start);
        if (TryBestFit(piece, range => Cut(range, window), PlaceReason.MovedInBlock, old)
            || TryBestFit(piece, Hole, PlaceReason.MovedToOtherBlock, old)
            || TryAtEnd(piece, PlaceReason.MovedToOtherBlock, old))
        {
            return true;
        }

        return TryBestFit(piece, range => range, PlaceReason.MovedToOtherBlock, old);
    }

    bool TryNew(Piece piece)
        => TryBestFit(piece, Hole, PlaceReason.New, previous: null)
            || TryAtEnd(piece, PlaceReason.New, previous: null)
            || TryBestFit(piece, range => range, PlaceReason.New, previous: null);

    /// <summary>A free range between occupied ones, without the spare area of its block.</summary>
    AddressSpan Hole(AddressSpan range)
    {
        AddressSpan window = Window(range.Start);
        uint spareStart = window.End - Math.Min(_request.SpareBytes, window.SizeBytes);
        return Cut(range, new AddressSpan(range.Start, Math.Min(spareStart, _end)));
    }

    static AddressSpan Cut(AddressSpan range, AddressSpan limits)
    {
        uint start = Math.Max(range.Start, limits.Start);
        return new AddressSpan(start, Math.Max(start, Math.Min(range.End, limits.End)));
    }

    AddressSpan Window(uint address)
    {
        uint index = (address - _request.WindowBase) / _request.WindowBytes;
        uint start = _request.WindowBase + (index * _request.WindowBytes);
        ulong end = Math.Min((ulong)start + _request.WindowBytes, _request.Area.End);
        return new AddressSpan(start, (uint)Math.Max(end, start));
    }

    bool TryBestFit(Piece piece, Func<AddressSpan, AddressSpan> usable, PlaceReason reason, AddressSpan? previous)
    {
        uint bestBytes = uint.MaxValue;
        uint best = 0;
        foreach (AddressSpan free in _free.Ranges)
        {
            AddressSpan range = usable(free);
            uint address = AddressSpan.Align(range.Start, piece.AlignmentBytes);
            if (address < range.End && piece.SizeBytes <= range.End - address && range.SizeBytes < bestBytes)
            {
                bestBytes = range.SizeBytes;
                best = address;
            }
        }

        if (bestBytes == uint.MaxValue)
        {
            return false;
        }

        Place(piece, best, reason, previous);
        return true;
    }

    /// <summary>Behind everything else: in the last block up to its spare area, then in a new block.</summary>
    bool TryAtEnd(Piece piece, PlaceReason reason, AddressSpan? previous)
    {
        uint usableBytes = _request.WindowBytes - Math.Min(_request.SpareBytes, _request.WindowBytes);
        foreach (AddressSpan free in _free.Ranges.ToArray())
        {
            if (free.End <= _end)
            {
                continue;
            }

            uint address = AddressSpan.Align(Math.Max(_end, free.Start), piece.AlignmentBytes);
            AddressSpan window = Window(address);
            ulong spareStart = (ulong)window.Start + usableBytes;
            if (address + (ulong)piece.SizeBytes > spareStart && piece.SizeBytes <= usableBytes)
            {
                address = AddressSpan.Align(window.End, piece.AlignmentBytes);
            }

            if (address < free.End && piece.SizeBytes <= free.End - address)
            {
                Place(piece, address, reason, previous);
                return true;
            }
        }

        return false;
    }

    void Place(Piece piece, uint address, PlaceReason reason, AddressSpan? previous)
    {
        var placed = new PlacedPiece(piece, address, reason, previous?.Start, previous?.SizeBytes ?? 0);
        Occupy(placed.Span);
        _placed.Add(placed);
    }

    void Occupy(AddressSpan span)
    {
        _free.Take(span);
        _end = Math.Max(_end, span.End);
    }
}
