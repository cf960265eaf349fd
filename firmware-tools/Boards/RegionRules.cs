namespace Twinbank.Boards;

/// <summary>Rules about regions.</summary>
static class RegionRules
{
    internal static IReadOnlyList<BoardRule> All { get; } =
    [
        new(nameof(RolesAreGivenOnce), RolesAreGivenOnce),
        new(nameof(RegionNamesAreUnique), RegionNamesAreUnique),
        new(nameof(RegionsFitTheirDevice), RegionsFitTheirDevice),
        new(nameof(RegionsAreWholeEqualSectors), RegionsAreWholeEqualSectors),
        new(nameof(RegionsDoNotOverlap), RegionsDoNotOverlap),
        new(nameof(JournalIsTwoSectors), JournalIsTwoSectors),
        new(nameof(UpdatedRegionsAreWritable), UpdatedRegionsAreWritable),
    ];

    static void RolesAreGivenOnce(Board board, RuleReport report)
    {
        RegionRole[] required = [RegionRole.Journal, RegionRole.SlotA, RegionRole.SlotB];
        RegionRole[] atMostOnce = [.. required, RegionRole.Golden, RegionRole.BootStage];
        foreach (RegionRole role in atMostOnce)
        {
            int count = board.Regions.Count(region => region.Role == role);
            if (count > 1)
            {
                report.Add("regions", $"{count} regions have the role {BoardNames.Of(role)}; one is allowed");
            }
            else if (count == 0 && required.Contains(role))
            {
                report.Add("regions", $"no region has the role {BoardNames.Of(role)}; one is needed");
            }
        }
    }

    static void RegionNamesAreUnique(Board board, RuleReport report)
    {
        foreach (IGrouping<string, Region> group in board.Regions.GroupBy(region => region.Name))
        {
            // A role that is given twice has a message of its own.
            if (group.Select(region => region.Role).Any(IsNamed) && group.Count() > 1)
            {
                report.Add(Path(group.Last()), $"{group.Count()} regions have this name; give each its own \"name\"");
            }
        }
    }

    static bool IsNamed(RegionRole role) => role is RegionRole.ApplicationData or RegionRole.Reserved;

    static void RegionsFitTheirDevice(Board board, RuleReport report)
    {
        foreach (Region region in board.Regions)
        {
            if (region.SizeBytes == 0)
            {
                report.Add(Path(region), "is empty; leave it out or give it whole sectors");
            }

            if (region.EndAddress > region.Bank.SizeBytes)
            {
                report.Add(
                    Path(region),
                    $"ends at 0x{region.EndAddress:X8}, but \"{region.Bank.Id}\" has"
                        + $" {Quantity.Bytes(region.Bank.SizeBytes)}");
            }
        }
    }

    static void RegionsAreWholeEqualSectors(Board board, RuleReport report)
    {
        foreach (Region region in board.Regions.Where(region => region.EndAddress <= region.Bank.SizeBytes))
        {
            if (!region.Bank.IsSectorBoundary(region.StartAddress) || !region.Bank.IsSectorBoundary(region.EndAddress))
            {
                report.Add(
                    Path(region),
                    $"0x{region.StartAddress:X8} to 0x{region.EndAddress:X8} does not start and end at sectors"
                        + $" of {Quantity.Bytes(region.SectorBytes)}");
            }
            else if (region.SizeBytes > 0 && !HasEqualSectors(region))
            {
                report.Add(Path(region), "spans sectors of different sizes; give it equal ones");
            }
        }
    }

    static bool HasEqualSectors(Region region)
    {
        region.Bank.TryFindSector((uint)(region.EndAddress - 1), out _, out uint lastBytes);
        ulong groupStart = 0;
        foreach (SectorGroup group in region.Bank.SectorGroups)
        {
            bool touches = groupStart < region.EndAddress && region.StartAddress < groupStart + group.SizeBytes;
            if (touches && group.SectorBytes != lastBytes)
            {
                return false;
            }

            groupStart += group.SizeBytes;
        }

        return true;
    }

    static void RegionsDoNotOverlap(Board board, RuleReport report)
    {
        for (int i = 0; i < board.Regions.Count; i++)
        {
            for (int j = i + 1; j < board.Regions.Count; j++)
            {
                Region first = board.Regions[i];
                Region second = board.Regions[j];
                if (first.Bank == second.Bank
                    && first.StartAddress < second.EndAddress && second.StartAddress < first.EndAddress)
                {
                    report.Add(
                        Path(second),
                        $"starts at 0x{second.StartAddress:X8}, inside \"{first.Name}\""
                            + $" (0x{first.StartAddress:X8} to 0x{first.EndAddress:X8}) of \"{first.Bank.Id}\"");
                }
            }
        }
    }

    static void JournalIsTwoSectors(Board board, RuleReport report)
    {
        foreach (Region region in board.Regions.Where(region => region.Role == RegionRole.Journal))
        {
            if (region.SizeBytes != 2UL * region.SectorBytes)
            {
                report.Add(
                    Path(region),
                    $"has {Quantity.Bytes(region.SizeBytes)}; two sectors are needed:"
                        + $" {Quantity.Bytes(2UL * region.SectorBytes)}");
            }
        }
    }

    static void UpdatedRegionsAreWritable(Board board, RuleReport report)
    {
        foreach (Region region in board.Regions)
        {
            if (region.Bank.IsReadOnly && region.Role is not (RegionRole.BootStage or RegionRole.Reserved))
            {
                report.Add(Path(region), $"lies in \"{region.Bank.Id}\", which is read-only; choose another flash");
            }
        }
    }

    internal static string Path(Region region) => $"region \"{region.Name}\"";
}
