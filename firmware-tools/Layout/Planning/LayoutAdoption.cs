using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Planning;

/// <summary>Makes the record of a release that was linked without one: the next release keeps its addresses.</summary>
public static class LayoutAdoption
{
    /// <summary>
    /// The record. Areas have no more room than the linker left between them: what grows moves, once, to where it has.
    /// </summary>
    /// <param name="link">ELF file and map of the release; its objects are not needed.</param>
    /// <param name="geometry">The board's blocks.</param>
    public static LayoutRecord Adopt(LinkInputs link, LayoutGeometry geometry)
    {
        IEnumerable<Piece> ordered = link.Pieces.OrderBy(piece => piece.LinkedAddress);
        RecordedPiece[] pieces = [.. ordered.Select(piece => new RecordedPiece(
            piece.Key, piece.Kind, piece.LinkedAddress, piece.SizeBytes, piece.AlignmentBytes, piece.Content))];
        RecordedPiece[] code = [.. pieces.Where(piece => piece.Kind <= PieceKind.Constant)];
        uint start = code.Length > 0 ? code[0].Address : link.Code.Address;
        uint used = code.Length > 0 ? (uint)(code[^1].EndAddress - start) : 0;
        bool isLoaded = link.Data is { } data && data.Address != data.LoadAddress;
        return new LayoutRecord
        {
            Format = LayoutRecord.FormatNumber,
            Board = geometry.Board,
            Machine = link.Machine,
            VirtualBase = geometry.VirtualBase,
            WindowBytes = geometry.WindowBytes,
            SpareBytes = geometry.SpareBytes,
            Code = new RecordedArea(start, used, used),
            Load = isLoaded ? Area(link.Data! with { Address = link.Data.LoadAddress }, null) : null,
            Data = link.Data is { } variables ? Area(variables, link.Zero) : null,
            Zero = link.Zero is { } zero ? Area(zero, null) : null,
            Pieces = pieces,
            Entries = [],
        };
    }

    /// <summary>Room up to the next area where one follows, else what it has.</summary>
    static RecordedArea Area(LinkOutput output, LinkOutput? next)
    {
        uint room = next is not null && next.Address > output.Address
            && next.Address - output.Address < output.SizeBytes + 64
            ? next.Address - output.Address
            : output.SizeBytes;
        return new RecordedArea(output.Address, room, output.SizeBytes);
    }
}
