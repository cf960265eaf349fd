using Twinbank.Errors;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Reports;

/// <summary>Compares a finished link with the record that it was to follow.</summary>
public static class LayoutCheck
{
    /// <summary>Returns when every piece is where the record has it.</summary>
    /// <exception cref="FirmwareException">LayoutNotKept, LayoutRecordMismatch.</exception>
    public static void Verify(LinkInputs link, LayoutRecord record)
    {
        if (link.Machine != record.Machine)
        {
            throw new FirmwareException(
                ErrorCode.LayoutRecordMismatch,
                ("problem", $"the record is for machine {record.Machine}, and the ELF file for {link.Machine}"));
        }

        Dictionary<string, Piece> linked = link.Pieces.ToDictionary(piece => piece.Key, StringComparer.Ordinal);
        int count = 0;
        (RecordedPiece Piece, uint Found)? first = null;
        foreach (RecordedPiece piece in record.Pieces)
        {
            uint found = linked.TryGetValue(piece.Key, out Piece? other) ? other.LinkedAddress : 0;
            if (found != piece.Address)
            {
                first ??= (piece, found);
                count++;
            }
        }

        HashSet<string> known = [.. record.Pieces.Select(piece => piece.Key)];
        count += link.Pieces.Count(piece => !known.Contains(piece.Key));
        if (count > 0)
        {
            Piece? other = link.Pieces.FirstOrDefault(piece => !known.Contains(piece.Key));
            throw new FirmwareException(
                ErrorCode.LayoutNotKept, ("count", count), ("key", first?.Piece.Key ?? other!.Key),
                ("expected", first?.Piece.Address ?? 0), ("found", first?.Found ?? other!.LinkedAddress));
        }
    }
}
