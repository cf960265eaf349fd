namespace Twinbank.Simulation.Flash;

/// <summary>A run of equal sectors.</summary>
/// <param name="SectorBytes">Bytes of each, a power of two.</param>
/// <param name="Count">How many, at least 1.</param>
public readonly record struct SectorGroup(uint SectorBytes, int Count);
