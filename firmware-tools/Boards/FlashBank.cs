namespace Twinbank.Boards;

/// <summary>
/// One flash device of a board. Addresses count from the start of the device in bytes; <see cref="BusAddress"/> says
/// where the processor sees its first byte.
/// </summary>
public sealed record FlashBank
{
    /// <summary>Name in the board file, for example <c>nor0</c>.</summary>
    public required string Id { get; init; }

    public required FlashKind Kind { get; init; }

    /// <summary>The fitted part, for example <c>s25sl12801</c>; empty when any will do.</summary>
    public string Part { get; init; } = "";

    /// <summary>JEDEC id as the 0x9F command gives it, for example <c>012018</c>; empty when not known.</summary>
    public string JedecId { get; init; } = "";

    /// <summary>Where the processor sees the first byte; null when the flash is not addressable (SPI).</summary>
    public uint? BusAddress { get; init; }

    public required uint SizeBytes { get; init; }

    /// <summary>Erase units from the start on; their sizes add up to <see cref="SizeBytes"/>.</summary>
    public required IReadOnlyList<SectorGroup> SectorGroups { get; init; }

    /// <summary>Smallest legal program and its alignment: 1 to 512 bytes, a power of two.</summary>
    public required uint ProgramUnitBytes { get; init; }

    /// <summary>True for flash with ECC: a unit may be programmed once between erases.</summary>
    public bool UnitsAreWriteOnce { get; init; }

    /// <summary>True when software cannot change it: a ROM, or write protected for good.</summary>
    public bool IsReadOnly { get; init; }

    /// <summary>Typical times of the part; null when the board file gives none.</summary>
    public FlashTimes? Times { get; init; }

    public uint SectorCount => (uint)SectorGroups.Sum(group => group.Count);

    /// <summary>Start and size of the sector that holds the address; false outside the device.</summary>
    public bool TryFindSector(uint address, out uint startAddress, out uint sectorBytes)
    {
        ulong groupStart = 0;
        foreach (SectorGroup group in SectorGroups)
        {
            if (address < groupStart + group.SizeBytes)
            {
                sectorBytes = group.SectorBytes;
                startAddress = (uint)(address - ((address - groupStart) % sectorBytes));
                return true;
            }

            groupStart += group.SizeBytes;
        }

        startAddress = 0;
        sectorBytes = 0;
        return false;
    }

    /// <summary>True when a sector starts at the address, or the device ends there.</summary>
    public bool IsSectorBoundary(ulong address)
        => address == SizeBytes
            || (address < SizeBytes && TryFindSector((uint)address, out uint start, out _) && start == address);
}
