namespace Twinbank.Boards;

/// <summary>Lays out the regions of a variant: journal, slot A, slot B, golden in a row from address 0.</summary>
static class VariantLayout
{
    internal static Board Apply(Board board, BoardVariant variant)
    {
        ulong sizeBytes = (2UL * variant.SectorBytes) + (3UL * variant.SlotBytes);
        var bank = new FlashBank
        {
            Id = board.Banks[^1].Id,
            Kind = FlashKind.Simulated,
            BusAddress = board.Banks[^1].BusAddress,
            SizeBytes = (uint)sizeBytes,
            SectorGroups = [new SectorGroup(variant.SectorBytes, (uint)(sizeBytes / Math.Max(1, variant.SectorBytes)))],
            ProgramUnitBytes = variant.ProgramUnitBytes,
            UnitsAreWriteOnce = variant.UnitsAreWriteOnce,
            Times = TimesFor(board.Banks[^1].Times, variant),
        };
        return board with
        {
            Id = BoardCatalog.VariantId(board.Id, variant.Name),
            Banks = [bank],
            Regions = Regions(bank, variant),
            Slots = new SlotGeometry
            {
                SlotBytes = variant.SlotBytes,
                SectorBytes = variant.SectorBytes,
                ProgramUnitBytes = variant.ProgramUnitBytes,
                UnitsAreWriteOnce = variant.UnitsAreWriteOnce,
                HeaderBytes = variant.HeaderBytes,
                BlockBytes = variant.BlockBytes,
                BufferBytes = variant.BufferBytes,
            },
            Variants = [],
        };
    }

    // The same part with larger program units still takes whole ones.
    static FlashTimes? TimesFor(FlashTimes? times, BoardVariant variant)
        => times is null
            ? null
            : times with { ProgramBytes = Math.Max(times.ProgramBytes, (int)variant.ProgramUnitBytes) };

    static readonly RegionRole[] s_roles = [RegionRole.Journal, RegionRole.SlotA, RegionRole.SlotB, RegionRole.Golden];

    static List<Region> Regions(FlashBank bank, BoardVariant variant)
    {
        var regions = new List<Region>();
        uint address = 0;
        foreach (RegionRole role in s_roles)
        {
            var region = new Region
            {
                Role = role,
                Name = BoardNames.Of(role),
                Bank = bank,
                StartAddress = address,
                SizeBytes = role == RegionRole.Journal ? 2 * variant.SectorBytes : variant.SlotBytes,
                SectorBytes = variant.SectorBytes,
            };
            regions.Add(region);
            address += region.SizeBytes;
        }

        return regions;
    }
}
