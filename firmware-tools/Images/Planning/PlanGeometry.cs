namespace Twinbank.Images.Planning;

/// <summary>The shape of a device's slots; sizes in bytes.</summary>
/// <param name="HeaderBytes">Header area: whole sectors.</param>
/// <param name="SectorBytes">Erase unit.</param>
/// <param name="ProgramUnitBytes">Smallest legal program.</param>
public sealed record PlanGeometry(uint HeaderBytes, uint SectorBytes, uint ProgramUnitBytes)
{
    /// <summary>Bytes that are programmed to store so many: whole program units.</summary>
    public long Padded(long count) => (count + ProgramUnitBytes - 1) / ProgramUnitBytes * ProgramUnitBytes;
}
