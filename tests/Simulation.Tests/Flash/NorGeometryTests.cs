using Twinbank.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Simulation.Tests.Flash;

[TestClass]
public sealed class NorGeometryTests
{
    [TestMethod]
    [DataRow(0u, 0, 0u, 32u)]
    [DataRow(31u, 0, 0u, 32u)]
    [DataRow(32u, 1, 32u, 32u)]
    [DataRow(64u, 2, 64u, 128u)]
    [DataRow(191u, 2, 64u, 128u)]
    public void Finds_the_sector_of_an_address(uint address, int index, uint start, uint bytes)
        => Assert.AreEqual((index, start, bytes), Parts.Mixed.SectorAt(address));

    [TestMethod]
    public void Refuses_an_address_outside_the_part()
        => Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => Parts.Mixed.SectorAt(192));

    [TestMethod]
    public void Adds_up_its_sectors()
    {
        Assert.AreEqual(192u, Parts.Mixed.SizeBytes);
        Assert.AreEqual(3, Parts.Mixed.SectorCount);
        Assert.AreEqual("mixed (2x32+1x128 bytes, unit 4)", Parts.Mixed.ToString());
        Assert.AreEqual("ecc (4x64 bytes, unit 8 write-once)", Parts.Ecc.ToString());
    }

    [TestMethod]
    [DataRow(3u, 64u, 4u, DisplayName = "unit no power of two")]
    [DataRow(0u, 64u, 4u, DisplayName = "unit zero")]
    [DataRow(1024u, 4096u, 4u, DisplayName = "unit over 512")]
    [DataRow(1u, 96u, 4u, DisplayName = "sector no power of two")]
    [DataRow(64u, 32u, 4u, DisplayName = "sector below the unit")]
    [DataRow(1u, 64u, 0u, DisplayName = "no sector")]
    [DataRow(1u, 0x40000000u, 16u, DisplayName = "over the size limit")]
    public void Refuses_a_shape_that_no_part_has(uint unitBytes, uint sectorBytes, uint count)
        => Assert.ThrowsExactly<ArgumentException>(
            () => new NorGeometry("wrong", unitBytes, false, new SectorGroup(sectorBytes, count)));
}
