using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Reports;

/// <summary>What a layout looks like, and what it changed against the previous release.</summary>
public sealed record LayoutReport
{
    public required string Board { get; init; }

    public required int PieceCount { get; init; }

    /// <summary>Pieces at the address they had.</summary>
    public required int KeptCount { get; init; }

    /// <summary>Pieces at the address they had and with the same content before linking.</summary>
    public required int UnchangedCount { get; init; }

    public required int MovedCount { get; init; }

    public required int NewCount { get; init; }

    public required int RemovedCount { get; init; }

    /// <summary>Functions whose old address leads to their new one.</summary>
    public required IReadOnlyList<RecordedEntry> Entries { get; init; }

    public required IReadOnlyList<LayoutBlock> Blocks { get; init; }

    /// <summary>What grew, moved, came and went, by address.</summary>
    public required IReadOnlyList<LayoutChange> Changes { get; init; }

    /// <summary>The report of one record, with its changes when there is a previous one.</summary>
    public static LayoutReport Of(LayoutRecord record, LayoutRecord? previous)
    {
        List<LayoutChange> changes = previous is null ? [] : [.. Compare(record, previous)];
        int moved = changes.Count(change => change.From is { } from && change.To is { } to && from != to);
        int fresh = changes.Count(change => change.Reason == PlaceReason.New);
        return new LayoutReport
        {
            Board = record.Board,
            PieceCount = record.Pieces.Count,
            KeptCount = previous is null ? 0 : record.Pieces.Count - moved - fresh,
            UnchangedCount = previous is null ? 0 : Unchanged(record, previous),
            MovedCount = moved,
            NewCount = fresh,
            RemovedCount = changes.Count(change => change.To is null),
            Entries = record.Entries,
            Blocks = [.. BlocksOf(record)],
            Changes = changes,
        };
    }

    static int Unchanged(LayoutRecord record, LayoutRecord previous)
    {
        HashSet<(uint, string)> places = [.. previous.Pieces.Select(piece => (piece.Address, piece.Content))];
        return record.Pieces.Count(piece => places.Contains((piece.Address, piece.Content)));
    }

    static IEnumerable<LayoutChange> Compare(LayoutRecord record, LayoutRecord previous)
    {
        IReadOnlyList<Piece> pieces = [.. record.Pieces.Select(piece => new Piece
        {
            Key = piece.Key, Kind = piece.Kind, SizeBytes = piece.SizeBytes, AlignmentBytes = piece.AlignmentBytes,
            Content = piece.Content,
        })];
        Dictionary<string, RecordedPiece> matches = PieceMatch.Match(pieces, previous.Pieces);
        HashSet<string> known = [.. matches.Values.Select(piece => piece.Key)];
        IEnumerable<LayoutChange> present = record.Pieces.Select(piece
            => Compare(record, piece, matches.GetValueOrDefault(piece.Key))).OfType<LayoutChange>();
        IEnumerable<LayoutChange> gone = previous.Pieces.Where(piece => !known.Contains(piece.Key))
            .Select(piece => new LayoutChange(piece.Key, null, piece.Address, null, piece.SizeBytes, 0));
        return present.Concat(gone).OrderBy(change => change.To ?? change.From);
    }

    static LayoutChange? Compare(LayoutRecord record, RecordedPiece piece, RecordedPiece? old)
    {
        if (old is null)
        {
            return new LayoutChange(piece.Key, PlaceReason.New, null, piece.Address, 0, piece.SizeBytes);
        }

        if (old.Address == piece.Address)
        {
            return piece.SizeBytes > old.SizeBytes
                ? new LayoutChange(
                    piece.Key, PlaceReason.GrewInPlace, old.Address, piece.Address, old.SizeBytes, piece.SizeBytes)
                : null;
        }

        bool fits = piece.SizeBytes <= old.SizeBytes && old.Address % piece.AlignmentBytes == 0;
        bool isCode = piece.Kind <= PieceKind.Constant;
        PlaceReason reason = fits || !isCode ? PlaceReason.AreaMoved
            : BlockOf(record, old.Address) == BlockOf(record, piece.Address) ? PlaceReason.MovedInBlock
            : PlaceReason.MovedToOtherBlock;
        return new LayoutChange(piece.Key, reason, old.Address, piece.Address, old.SizeBytes, piece.SizeBytes);
    }

    static uint BlockOf(LayoutRecord record, uint address) => (address - record.VirtualBase) / record.WindowBytes;

    static IEnumerable<LayoutBlock> BlocksOf(LayoutRecord record)
    {
        AddressSpan[] taken = [.. Occupied(record).OrderBy(span => span.Start)];
        uint end = taken.Select(span => span.End).DefaultIfEmpty(record.VirtualBase).Max();
        uint count = (end - record.VirtualBase + record.WindowBytes - 1) / record.WindowBytes;
        for (uint i = 0; i < count; i++)
        {
            uint start = record.VirtualBase + (i * record.WindowBytes);
            uint windowEnd = (uint)Math.Min((ulong)start + record.WindowBytes, uint.MaxValue);
            uint spareStart = windowEnd - record.SpareBytes;
            uint data = Inside(taken, start, spareStart);
            uint spare = Inside(taken, spareStart, windowEnd);
            uint last = i + 1 < count ? spareStart : Math.Min(spareStart, end);
            yield return new LayoutBlock(
                (int)i, start, data + spare, last - start - Math.Min(data, last - start), spare, record.SpareBytes,
                record.Entries.Count(entry => BlockOf(record, entry.Address) == i));
        }
    }

    /// <summary>Everything in the image; areas count as a whole, since their room is theirs.</summary>
    static IEnumerable<AddressSpan> Occupied(LayoutRecord record)
    {
        foreach (RecordedPiece piece in record.Pieces.Where(piece => piece.Kind <= PieceKind.Constant))
        {
            yield return new AddressSpan(piece.Address, (uint)piece.EndAddress);
        }

        foreach (RecordedEntry entry in record.Entries)
        {
            yield return new AddressSpan(entry.Address, entry.Address + EntryPoint.SizeBytes);
        }

        foreach (RecordedArea area in new[] { record.Rest, record.Load, record.Load is null ? record.Data : null }
            .OfType<RecordedArea>())
        {
            if (area.Start >= record.VirtualBase && area.UsedBytes > 0)
            {
                yield return new AddressSpan(area.Start, (uint)area.EndAddress);
            }
        }
    }

    static uint Inside(AddressSpan[] spans, uint start, uint end)
        => (uint)spans.Sum(span => Math.Max(0L, (long)Math.Min(span.End, end) - Math.Max(span.Start, start)));
}
