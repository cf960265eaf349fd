namespace Twinbank.Boards;

/// <summary>A run of equal sectors (erase units).</summary>
/// <param name="SectorBytes">Size of each, a power of two.</param>
/// <param name="Count">How many follow each other, at least 1.</param>
public sealed record SectorGroup(uint SectorBytes, uint Count)
{
    public ulong SizeBytes => (ulong)SectorBytes * Count;
}
