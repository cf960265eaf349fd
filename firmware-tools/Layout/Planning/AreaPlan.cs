namespace Twinbank.Layout.Planning;

/// <summary>An area with everything in its place, by address.</summary>
sealed record AreaPlan(IReadOnlyList<PlacedPiece> Pieces, IReadOnlyList<EntryPoint> Entries)
{
    /// <summary>Behind the last thing in the area; 0 when it is empty.</summary>
    internal uint EndAddress
        => Math.Max(
            Pieces.Select(placed => placed.EndAddress).DefaultIfEmpty(0u).Max(),
            Entries.Select(entry => entry.Span.End).DefaultIfEmpty(0u).Max());
}
