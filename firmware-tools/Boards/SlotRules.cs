using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Boards;

/// <summary>Rules about slots, their blocks and the translation.</summary>
static class SlotRules
{
    internal static IReadOnlyList<BoardRule> All { get; } =
    [
        new(nameof(SlotsAreEqual), SlotsAreEqual),
        new(nameof(HeaderAndBlocksAreWholeSectors), HeaderAndBlocksAreWholeSectors),
        new(nameof(BlockSizeIsOneOfTheFormat), BlockSizeIsOneOfTheFormat),
        new(nameof(SlotHoldsABlock), SlotHoldsABlock),
        new(nameof(BufferLeavesRoomForData), BufferLeavesRoomForData),
        new(nameof(GranulesArePowersOfTwo), GranulesArePowersOfTwo),
        new(nameof(TranslationIsOfferedByTheChip), TranslationIsOfferedByTheChip),
        new(nameof(BlocksFitTheGranule), BlocksFitTheGranule),
        new(nameof(SlotsAreOnTheBusToRunInPlace), SlotsAreOnTheBusToRunInPlace),
        new(nameof(SwappedSlotsLieOpposite), SwappedSlotsLieOpposite),
    ];

    static void SlotsAreEqual(Board board, RuleReport report)
    {
        Region? slotA = board.FindRegion(RegionRole.SlotA);
        if (slotA is null)
        {
            return;
        }

        foreach (Region region in board.Regions.Where(r => r.Role is RegionRole.SlotB or RegionRole.Golden))
        {
            (string Member, object Wanted, object Found)[] members =
            [
                ("sizeBytes", slotA.SizeBytes, region.SizeBytes),
                ("sector size", slotA.SectorBytes, region.SectorBytes),
                ("programUnitBytes", slotA.ProgramUnitBytes, region.ProgramUnitBytes),
                ("writeOnce", slotA.UnitsAreWriteOnce, region.UnitsAreWriteOnce),
            ];
            foreach ((string member, object wanted, object found) in members.Where(m => !m.Wanted.Equals(m.Found)))
            {
                report.Add(
                    RegionRules.Path(region),
                    $"{member} is {found}, but slotA has {wanted}; an image must fit both");
            }
        }
    }

    static void HeaderAndBlocksAreWholeSectors(Board board, RuleReport report)
    {
        (string Member, uint Bytes)[] members =
            [("slots.headerBytes", board.Slots.HeaderBytes), ("slots.blockBytes", board.Slots.BlockBytes)];
        foreach ((string member, uint bytes) in members)
        {
            if (bytes == 0 || bytes % board.Slots.SectorBytes != 0)
            {
                report.Add(member, $"{bytes} bytes; whole sectors of {board.Slots.SectorBytes} bytes are needed");
            }
        }
    }

    static void BlockSizeIsOneOfTheFormat(Board board, RuleReport report)
    {
        uint blockBytes = board.Slots.BlockBytes;
        if (!uint.IsPow2(blockBytes) || blockBytes is < FormatLimits.BlockBytesMin or > FormatLimits.BlockBytesMax)
        {
            report.Add(
                "slots.blockBytes",
                $"{blockBytes} bytes; a power of two is needed, from {FormatLimits.BlockBytesMin}"
                    + $" to {FormatLimits.BlockBytesMax}");
        }
        else if (board.Slots.BlockCount > FormatLimits.BlockCountMax)
        {
            report.Add(
                "slots.blockBytes",
                $"a slot has {board.Slots.BlockCount} blocks of this size; a manifest describes at most"
                    + $" {FormatLimits.BlockCountMax}");
        }
    }

    static void SlotHoldsABlock(Board board, RuleReport report)
    {
        SlotGeometry slots = board.Slots;
        if ((ulong)slots.HeaderBytes + slots.BlockBytes > slots.SlotBytes)
        {
            report.Add(
                "slots",
                $"a slot of {Quantity.Bytes(slots.SlotBytes)} has no room for a header area of"
                    + $" {Quantity.Bytes(slots.HeaderBytes)} and one block of {Quantity.Bytes(slots.BlockBytes)}");
        }
    }

    static void BufferLeavesRoomForData(Board board, RuleReport report)
    {
        SlotGeometry slots = board.Slots;
        if (slots.BufferBytes >= slots.BlockBytes)
        {
            report.Add(
                "slots.bufferBytes",
                $"{slots.BufferBytes} bytes leave no data in a block of {slots.BlockBytes}");
        }
        else if (slots.BufferBytes % slots.ProgramUnitBytes != 0)
        {
            report.Add(
                "slots.bufferBytes",
                $"{slots.BufferBytes} bytes are not whole program units of {slots.ProgramUnitBytes}");
        }
    }

    static void GranulesArePowersOfTwo(Board board, RuleReport report)
    {
        foreach (TranslationRule rule in board.Chip.Translations.Where(rule => !uint.IsPow2(rule.GranuleBytes)))
        {
            report.Add(
                $"translation \"{BoardNames.Of(rule.Kind)}\"",
                $"granule of {rule.GranuleBytes} bytes; a power of two is needed");
        }
    }

    static void TranslationIsOfferedByTheChip(Board board, RuleReport report)
    {
        if (!board.Chip.Translations.Contains(board.Translation))
        {
            string offered = string.Join(", ", board.Chip.Translations.Select(rule => BoardNames.Of(rule.Kind)));
            report.Add(
                "translation",
                $"chip \"{board.Chip.Id}\" cannot do {BoardNames.Of(board.Translation.Kind)}; it offers: {offered}");
        }
    }

    static void BlocksFitTheGranule(Board board, RuleReport report)
    {
        SlotGeometry slots = board.Slots;
        (string Member, uint Value)[] members =
        [
            ("application.virtualBase", board.VirtualBase),
            ("slots.headerBytes", slots.HeaderBytes),
            ("slots.blockBytes", slots.BlockBytes),
            ("slots.bufferBytes", slots.BufferBytes),
            ("region \"slotA\"", board.FindRegion(RegionRole.SlotA)?.StartAddress ?? 0),
            ("region \"slotB\"", board.FindRegion(RegionRole.SlotB)?.StartAddress ?? 0),
        ];
        uint granule = Math.Max(1, board.Translation.GranuleBytes);
        foreach ((string member, uint value) in members.Where(member => member.Value % granule != 0))
        {
            report.Add(member, $"0x{value:X8} is not a multiple of the translation's granule of {granule} bytes");
        }
    }

    static void SlotsAreOnTheBusToRunInPlace(Board board, RuleReport report)
    {
        if (!board.Translation.ExecutesInPlace)
        {
            return;
        }

        foreach (Region region in board.Regions.Where(r => r.Role is RegionRole.SlotA or RegionRole.SlotB))
        {
            if (region.BusAddress is null)
            {
                report.Add(
                    RegionRules.Path(region),
                    $"\"{region.Bank.Id}\" has no busAddress, so nothing runs in place there; use translation none");
            }
        }
    }

    static void SwappedSlotsLieOpposite(Board board, RuleReport report)
    {
        if (board.Translation.Kind != Translation.SwapHalves
            || board.FindRegion(RegionRole.SlotA) is not { } slotA
            || board.FindRegion(RegionRole.SlotB) is not { } slotB)
        {
            return;
        }

        ulong opposite = (ulong)slotA.StartAddress + (slotA.Bank.SizeBytes / 2);
        if (slotA.Bank != slotB.Bank || slotB.StartAddress != opposite)
        {
            report.Add(
                RegionRules.Path(slotB),
                $"must start at 0x{opposite:X8} of \"{slotA.Bank.Id}\", half the flash after slotA:"
                    + " the halves change places");
        }
    }
}
