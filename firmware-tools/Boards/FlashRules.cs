namespace Twinbank.Boards;

/// <summary>Rules about flash devices.</summary>
static class FlashRules
{
    internal static IReadOnlyList<BoardRule> All { get; } =
    [
        new(nameof(FlashIdsAreUnique), FlashIdsAreUnique),
        new(nameof(SectorsArePowersOfTwo), SectorsArePowersOfTwo),
        new(nameof(SectorsFillTheDevice), SectorsFillTheDevice),
        new(nameof(ProgramUnitIsAPowerOfTwo), ProgramUnitIsAPowerOfTwo),
        new(nameof(BanksDoNotOverlapOnTheBus), BanksDoNotOverlapOnTheBus),
        new(nameof(TimesAreOfWholeUnits), TimesAreOfWholeUnits),
    ];

    static void FlashIdsAreUnique(Board board, RuleReport report)
    {
        foreach (IGrouping<string, FlashBank> group in board.Banks.GroupBy(bank => bank.Id).Where(g => g.Count() > 1))
        {
            report.Add(
                Path(group.Last()),
                $"{group.Count()} flash devices have the id \"{group.Key}\"; name them apart");
        }
    }

    static void SectorsArePowersOfTwo(Board board, RuleReport report)
    {
        foreach (FlashBank bank in board.Banks)
        {
            foreach (SectorGroup group in bank.SectorGroups.Where(g => !uint.IsPow2(g.SectorBytes)))
            {
                report.Add(Path(bank), $"sectors of {Quantity.Bytes(group.SectorBytes)}; a power of two is needed");
            }
        }
    }

    static void SectorsFillTheDevice(Board board, RuleReport report)
    {
        foreach (FlashBank bank in board.Banks)
        {
            decimal sum = bank.SectorGroups.Sum(group => (decimal)group.SizeBytes);
            if (sum != bank.SizeBytes)
            {
                report.Add(Path(bank), $"sectors add up to {sum} bytes, but sizeBytes is {bank.SizeBytes}");
            }
        }
    }

    static void ProgramUnitIsAPowerOfTwo(Board board, RuleReport report)
    {
        foreach (FlashBank bank in board.Banks)
        {
            if (!uint.IsPow2(bank.ProgramUnitBytes))
            {
                report.Add(Path(bank), $"program unit of {bank.ProgramUnitBytes} bytes; a power of two is needed");
            }
            else if (bank.SectorGroups.Any(group => group.SectorBytes < bank.ProgramUnitBytes))
            {
                report.Add(Path(bank), $"program unit of {bank.ProgramUnitBytes} bytes is larger than a sector");
            }
        }
    }

    static void BanksDoNotOverlapOnTheBus(Board board, RuleReport report)
    {
        FlashBank[] mapped = [.. board.Banks.Where(bank => bank.BusAddress is not null)];
        foreach (FlashBank bank in mapped.Where(bank => (ulong)bank.BusAddress!.Value + bank.SizeBytes > 1UL << 32))
        {
            report.Add(Path(bank), $"ends beyond the 4 GiB that the processor can address");
        }

        for (int i = 0; i < mapped.Length; i++)
        {
            for (int j = i + 1; j < mapped.Length; j++)
            {
                var first = new MemoryRange(mapped[i].BusAddress!.Value, mapped[i].SizeBytes);
                if (first.Overlaps(new MemoryRange(mapped[j].BusAddress!.Value, mapped[j].SizeBytes)))
                {
                    report.Add(Path(mapped[j]), $"overlaps \"{mapped[i].Id}\" on the bus; move its busAddress");
                }
            }
        }
    }

    static void TimesAreOfWholeUnits(Board board, RuleReport report)
    {
        foreach (FlashBank bank in board.Banks)
        {
            if (bank.Times is { } times && times.ProgramBytes % bank.ProgramUnitBytes != 0)
            {
                report.Add(
                    Path(bank),
                    $"programBytes is {times.ProgramBytes}; a multiple of the program unit of"
                    + $" {bank.ProgramUnitBytes} bytes is needed");
            }
        }
    }

    internal static string Path(FlashBank bank) => $"flash \"{bank.Id}\"";
}
