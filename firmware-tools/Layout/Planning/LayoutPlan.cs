using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Planning;

/// <summary>A complete layout for one link: what the script and the record are written from.</summary>
public sealed record LayoutPlan
{
    public required LayoutGeometry Geometry { get; init; }

    public required LinkInputs Link { get; init; }

    public required RecordedArea Code { get; init; }

    public RecordedArea? Rest { get; init; }

    public RecordedArea? Load { get; init; }

    public RecordedArea? Data { get; init; }

    public RecordedArea? Zero { get; init; }

    /// <summary>All pieces of all areas, by address.</summary>
    public required IReadOnlyList<PlacedPiece> Pieces { get; init; }

    public required IReadOnlyList<EntryPoint> Entries { get; init; }

    /// <summary>Pieces of the previous release that are gone.</summary>
    public IReadOnlyList<RecordedPiece> Removed { get; init; } = [];

    /// <summary>Areas that had to move as a whole, in sentences.</summary>
    public IReadOnlyList<string> Notes { get; init; } = [];

    public bool IsFirst { get; init; }

    /// <summary>What the next release needs to know.</summary>
    public LayoutRecord ToRecord() => new()
    {
        Format = LayoutRecord.FormatNumber,
        Board = Geometry.Board,
        Machine = Link.Machine,
        VirtualBase = Geometry.VirtualBase,
        WindowBytes = Geometry.WindowBytes,
        SpareBytes = Geometry.SpareBytes,
        Code = Code,
        Rest = Rest,
        Load = Load,
        Data = Data,
        Zero = Zero,
        Pieces = [.. Pieces.Select(placed => new RecordedPiece(
            placed.Piece.Key, placed.Piece.Kind, placed.Address, placed.Piece.SizeBytes, placed.Piece.AlignmentBytes,
            placed.Piece.Content))],
        Entries = [.. Entries.Select(entry => new RecordedEntry(entry.Symbol, entry.Address, entry.Key))],
    };
}
