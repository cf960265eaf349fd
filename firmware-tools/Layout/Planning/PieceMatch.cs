using Twinbank.Layout.Inputs;
using Twinbank.Layout.Records;

namespace Twinbank.Layout.Planning;

/// <summary>Finds each piece of a new link in the previous release.</summary>
static class PieceMatch
{
    /// <summary>
    /// By the key of the new piece, the recorded one: same key first, then the same content under another name, then
    /// the same name without the words of clones. Only what is unique on both sides counts for the last two.
    /// </summary>
    internal static Dictionary<string, RecordedPiece> Match(
        IReadOnlyList<Piece> pieces, IReadOnlyList<RecordedPiece> previous)
    {
        var found = new Dictionary<string, RecordedPiece>(StringComparer.Ordinal);
        Dictionary<string, RecordedPiece> byKey = previous.ToDictionary(piece => piece.Key, StringComparer.Ordinal);
        List<Piece> left = [];
        foreach (Piece piece in pieces)
        {
            if (byKey.TryGetValue(piece.Key, out RecordedPiece? old) && SameArea(old.Kind, piece.Kind))
            {
                found.Add(piece.Key, old);
                byKey.Remove(piece.Key);
            }
            else
            {
                left.Add(piece);
            }
        }

        MatchUnique(found, left, byKey, piece => piece.Content, old => old.Content);
        MatchUnique(found, left, byKey, piece => PieceKey.StemOf(piece.Key), old => PieceKey.StemOf(old.Key));
        return found;
    }

    /// <summary>Code and constants share an area, so a constant may become code and keep its place.</summary>
    static bool SameArea(PieceKind left, PieceKind right)
        => left == right || (left <= PieceKind.Constant && right <= PieceKind.Constant);

    static void MatchUnique(
        Dictionary<string, RecordedPiece> found, List<Piece> left, Dictionary<string, RecordedPiece> byKey,
        Func<Piece, string> nameOf, Func<RecordedPiece, string> oldNameOf)
    {
        ILookup<string, RecordedPiece> old = byKey.Values.ToLookup(oldNameOf, StringComparer.Ordinal);
        foreach (IGrouping<string, Piece> group in left.ToLookup(nameOf, StringComparer.Ordinal).ToArray())
        {
            Piece piece = group.First();
            if (group.Key.Length > 0 && group.Count() == 1 && old[group.Key].Count() == 1
                && old[group.Key].First() is { } candidate && SameArea(candidate.Kind, piece.Kind))
            {
                found.Add(piece.Key, candidate);
                byKey.Remove(candidate.Key);
                left.Remove(piece);
            }
        }
    }
}
