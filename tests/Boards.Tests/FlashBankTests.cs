namespace Twinbank.Boards.Tests;

[TestClass]
public sealed class FlashBankTests
{
    // The layout of an STM32F769 in single bank mode: 4 x 32 KiB, 1 x 128 KiB, 7 x 256 KiB (RM0410 section 3.3).
    static readonly FlashBank s_bank = new()
    {
        Id = "flash",
        Kind = FlashKind.OnChip,
        BusAddress = 0x08000000,
        SizeBytes = 0x200000,
        SectorGroups = [new(0x8000, 4), new(0x20000, 1), new(0x40000, 7)],
        ProgramUnitBytes = 1,
    };

    [TestMethod]
    [DataRow(0u, 0u, 0x8000u)]
    [DataRow(0x7FFFu, 0u, 0x8000u)]
    [DataRow(0x8000u, 0x8000u, 0x8000u)]
    [DataRow(0x1FFFFu, 0x18000u, 0x8000u)]
    [DataRow(0x20000u, 0x20000u, 0x20000u)]
    [DataRow(0x3FFFFu, 0x20000u, 0x20000u)]
    [DataRow(0x40000u, 0x40000u, 0x40000u)]
    [DataRow(0x1FFFFFu, 0x1C0000u, 0x40000u)]
    public void Finds_the_sector_of_an_address(uint address, uint start, uint sectorBytes)
    {
        Assert.IsTrue(s_bank.TryFindSector(address, out uint foundStart, out uint foundBytes));
        Assert.AreEqual(start, foundStart);
        Assert.AreEqual(sectorBytes, foundBytes);
    }

    [TestMethod]
    public void Finds_no_sector_beyond_the_end()
    {
        Assert.IsFalse(s_bank.TryFindSector(0x200000, out _, out _));
        Assert.IsFalse(s_bank.TryFindSector(uint.MaxValue, out _, out _));
    }

    [TestMethod]
    public void Knows_its_sector_boundaries()
    {
        Assert.IsTrue(s_bank.IsSectorBoundary(0));
        Assert.IsTrue(s_bank.IsSectorBoundary(0x20000));
        Assert.IsTrue(s_bank.IsSectorBoundary(0x200000));
        Assert.IsFalse(s_bank.IsSectorBoundary(0x28000));
        Assert.IsFalse(s_bank.IsSectorBoundary(0x200001));
        Assert.AreEqual(12u, s_bank.SectorCount);
    }
}
