namespace Twinbank.Boards;

/// <summary>Whole, equal sectors of one flash bank with a role.</summary>
public sealed record Region
{
    public required RegionRole Role { get; init; }

    /// <summary>The role as the board file and the tools write it: <c>slotA</c>.</summary>
    public required string Name { get; init; }

    public required FlashBank Bank { get; init; }

    /// <summary>First byte, counted from the start of the bank.</summary>
    public required uint StartAddress { get; init; }

    public required uint SizeBytes { get; init; }

    /// <summary>Size of each of its sectors.</summary>
    public required uint SectorBytes { get; init; }

    public ulong EndAddress => (ulong)StartAddress + SizeBytes;

    public uint SectorCount => SizeBytes / SectorBytes;

    public uint ProgramUnitBytes => Bank.ProgramUnitBytes;

    public bool UnitsAreWriteOnce => Bank.UnitsAreWriteOnce;

    /// <summary>Where the processor sees the first byte without translation; null when it cannot.</summary>
    public uint? BusAddress => Bank.BusAddress + StartAddress;
}
