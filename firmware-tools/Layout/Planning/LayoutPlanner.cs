using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Planning;

/// <summary>
/// Makes the layout of a release: a pure function of the link and the previous record. Areas come first, then every
/// piece inside its area; an area that is full moves, or gets more room, and the rest is tried again.
/// </summary>
public sealed class LayoutPlanner
{
    /// <summary>How often what is in the way of the code moves; each time it makes room for a quarter more.</summary>
    const int AttemptsMax = 8;

    readonly LinkInputs _link;
    readonly LayoutGeometry _geometry;
    readonly LayoutRecord? _previous;
    readonly Dictionary<string, RecordedPiece> _matches;
    readonly List<string> _notes = [];
    readonly AreaBook _book;

    LayoutPlanner(LinkInputs link, LayoutGeometry geometry, LayoutRecord? previous)
    {
        _link = link;
        _geometry = geometry;
        _previous = previous;
        _matches = PieceMatch.Match(link.Pieces, previous?.Pieces ?? []);
        _book = previous is null ? AreaBook.First(link, geometry) : AreaBook.Next(link, geometry, previous);
    }

    /// <summary>The layout of a release.</summary>
    /// <param name="link">The ordinary link of the new objects.</param>
    /// <param name="geometry">The board's blocks.</param>
    /// <param name="previous">The record of the previous release; null for the first.</param>
    /// <exception cref="FirmwareException">LayoutRecordMismatch, LayoutFull.</exception>
    public static LayoutPlan Plan(LinkInputs link, LayoutGeometry geometry, LayoutRecord? previous)
    {
        CheckFit(link, geometry, previous);
        return new LayoutPlanner(link, geometry, previous).Run();
    }

    static void CheckFit(LinkInputs link, LayoutGeometry geometry, LayoutRecord? previous)
    {
        if (!geometry.Contains(link.Code.Address))
        {
            throw Mismatch(
                $"the code of this link starts at 0x{link.Code.Address:X8}, and images of the board {geometry.Board} "
                + $"are linked for 0x{geometry.VirtualBase:X8}");
        }

        if (previous is null)
        {
            return;
        }

        string? problem = previous.Board != geometry.Board ? $"it is for the board {previous.Board}, not {geometry.Board}"
            : previous.Machine != link.Machine ? $"it is for machine {previous.Machine}, and this is {link.Machine}"
            : previous.VirtualBase != geometry.VirtualBase
                ? $"its images start at 0x{previous.VirtualBase:X8}, those of the board at 0x{geometry.VirtualBase:X8}"
            : previous.WindowBytes != geometry.WindowBytes
                ? $"its blocks cover {previous.WindowBytes} bytes each, those of the board {geometry.WindowBytes}"
            : null;
        if (problem is not null)
        {
            throw Mismatch(problem);
        }
    }

    LayoutPlan Run()
    {
        AreaPlan data = PlaceVariables(PieceKind.Data);
        _book.FixLoad(data.EndAddress, _notes);
        AreaPlan code = PlaceCode();
        AreaPlan zero = PlaceVariables(PieceKind.Zero);
        HashSet<string> known = [.. _matches.Values.Select(piece => piece.Key)];
        EntryPoint[] entries = Reachable(code);
        return new LayoutPlan
        {
            Geometry = _geometry,
            Link = _link,
            Code = _book.Code with { UsedBytes = Used(_book.Code.Start, code.EndAddress) },
            Rest = _book.Rest,
            Load = _book.Load,
            Data = _book.Data is { } d ? d with { UsedBytes = Used(d.Start, data.EndAddress) } : null,
            Zero = _book.Zero is { } z ? z with { UsedBytes = Used(z.Start, zero.EndAddress) } : null,
            Pieces = [.. code.Pieces.Concat(data.Pieces).Concat(zero.Pieces).OrderBy(placed => placed.Address)],
            Entries = entries,
            Removed = [.. (_previous?.Pieces ?? []).Where(piece => !known.Contains(piece.Key))],
            Notes = _notes,
            IsFirst = _previous is null,
        };
    }

    /// <summary>A branch that does not reach, or leads to itself because its function came back, is left out.</summary>
    EntryPoint[] Reachable(AreaPlan code)
    {
        Dictionary<string, PlacedPiece> byKey = code.Pieces.ToDictionary(placed => placed.Piece.Key);
        return [.. code.Entries.Where(entry => byKey[entry.Key].Address != entry.Address
            && EntryBranch.Reaches(_link.Machine, entry.Address, byKey[entry.Key].Address))];
    }

    static uint Used(uint start, uint end) => end > start ? end - start : 0;

    AreaPlan PlaceCode()
    {
        Piece[] pieces = [.. _link.Pieces.Where(piece => piece.Kind <= PieceKind.Constant)];
        for (int attempt = 0; attempt < AttemptsMax; attempt++)
        {
            var request = new AreaRequest
            {
                Pieces = pieces,
                Area = new AddressSpan(_book.Code.Start, (uint)_book.Code.EndAddress),
                Reserved = _book.ReservedInCode,
                WindowBase = _geometry.VirtualBase,
                WindowBytes = _geometry.WindowBytes,
                SpareBytes = _geometry.SpareBytes,
                Previous = Places(pieces),
                IsFirst = _previous is null,
                Entries = [.. (_previous?.Entries ?? []).Select(KnownByNewKey).OfType<EntryPoint>()],
                EntryMachine = _link.HasLongBranch ? _link.Machine : (ushort)0,
            };
            if (AreaPlanner.Plan(request) is { } plan)
            {
                return plan;
            }

            if (!_book.TryMakeRoomForCode(pieces, _notes))
            {
                break;
            }
        }

        throw new FirmwareException(
            ErrorCode.LayoutFull, ("area", "code and constants"), ("start", _book.Code.Start),
            ("size", pieces.Sum(piece => (long)piece.SizeBytes)), ("room", _book.Code.RoomBytes));
    }

    /// <summary>The entry under the key that its function has in this link; null when the function is gone.</summary>
    EntryPoint? KnownByNewKey(RecordedEntry entry)
        => _matches.FirstOrDefault(match => match.Value.Key == entry.Key).Key is { } key
            ? new EntryPoint(entry.Symbol, entry.Address, key)
            : null;

    AreaPlan PlaceVariables(PieceKind kind)
    {
        Piece[] pieces = [.. _link.Pieces.Where(piece => piece.Kind == kind)];
        if (pieces.Length == 0 || _book.Variables(kind) is not { } area)
        {
            return new AreaPlan([], []);
        }

        bool isFirst = _previous is null || !_matches.Values.Any(piece => piece.Kind == kind);
        while (true)
        {
            uint shift = area.Start - _book.PreviousStart(kind);
            AreaPlan? plan = AreaPlanner.Plan(new AreaRequest
            {
                Pieces = pieces,
                Area = new AddressSpan(area.Start, (uint)area.EndAddress),
                WindowBase = area.Start,
                WindowBytes = area.RoomBytes,
                Previous = Places(pieces, shift),
                IsFirst = isFirst,
            });
            if (plan is not null)
            {
                return shift == 0 ? plan : Moved(plan, shift);
            }

            area = _book.Enlarge(kind, _notes);
        }
    }

    static AreaPlan Moved(AreaPlan plan, uint shift)
        => plan with
        {
            Pieces = [.. plan.Pieces.Select(placed => placed.PreviousAddress is { } previous
                ? placed with { PreviousAddress = previous - shift, Reason = PlaceReason.AreaMoved }
                : placed)],
        };

    Dictionary<string, AddressSpan> Places(Piece[] pieces, uint shift = 0)
        => pieces.Where(piece => _matches.ContainsKey(piece.Key)).ToDictionary(
            piece => piece.Key,
            piece => new AddressSpan(
                _matches[piece.Key].Address + shift, (uint)(_matches[piece.Key].EndAddress + shift)),
            StringComparer.Ordinal);

    static FirmwareException Mismatch(string problem) => new(ErrorCode.LayoutRecordMismatch, ("problem", problem));
}
