using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Boards;

/// <summary>Rules about RAM and the virtual window.</summary>
static class MemoryRules
{
    internal static IReadOnlyList<BoardRule> All { get; } =
    [
        new(nameof(RamIsTheChips), RamIsTheChips),
        new(nameof(RamAreasDoNotOverlap), RamAreasDoNotOverlap),
        new(nameof(WindowIsAddressable), WindowIsAddressable),
        new(nameof(WindowIsInTheLoadArea), WindowIsInTheLoadArea),
        new(nameof(MappedWindowIsFree), MappedWindowIsFree),
        new(nameof(PayloadsSuitTheTranslation), PayloadsSuitTheTranslation),
    ];

    static IEnumerable<(string Member, MemoryRange Range)> RamAreas(Board board)
    {
        (string Member, MemoryRange? Range)[] areas =
        [
            ("application.loadArea", board.LoadArea),
            ("application.ram", board.ApplicationRam),
            ("bootRam", board.BootRam),
        ];
        return areas.Where(area => area.Range is not null).Select(area => (area.Member, area.Range!));
    }

    static void RamIsTheChips(Board board, RuleReport report)
    {
        foreach ((string member, MemoryRange range) in RamAreas(board))
        {
            if (!board.Chip.Ram.Values.Any(ram => ram.Contains(range)))
            {
                report.Add(member, $"{range} is not inside one RAM of chip \"{board.Chip.Id}\"");
            }
        }
    }

    static void RamAreasDoNotOverlap(Board board, RuleReport report)
    {
        (string Member, MemoryRange Range)[] areas = [.. RamAreas(board)];
        for (int i = 0; i < areas.Length; i++)
        {
            for (int j = i + 1; j < areas.Length; j++)
            {
                if (areas[i].Range.Overlaps(areas[j].Range))
                {
                    report.Add(areas[j].Member, $"{areas[j].Range} overlaps {areas[i].Member}, {areas[i].Range}");
                }
            }
        }
    }

    static void WindowIsAddressable(Board board, RuleReport report)
    {
        if (board.VirtualBytes == 0 || board.Window.EndAddress > 1UL << 32)
        {
            report.Add("application.virtualBytes", $"{board.Window} is empty or ends beyond 4 GiB");
        }
    }

    static void WindowIsInTheLoadArea(Board board, RuleReport report)
    {
        if (board.Translation.Kind != Translation.None)
        {
            return;
        }

        if (board.LoadArea is null)
        {
            report.Add("application", "translation none loads images to RAM; a loadArea is needed");
        }
        else if (!board.LoadArea.Contains(board.Window))
        {
            report.Add(
                "application.virtualBase",
                $"the window {board.Window} is not inside the loadArea {board.LoadArea}");
        }
    }

    static void MappedWindowIsFree(Board board, RuleReport report)
    {
        if (board.Translation.Kind != Translation.MmuPages)
        {
            return;
        }

        IEnumerable<(string Name, MemoryRange Range)> taken = board.Chip.Ram.Select(ram => (ram.Key, ram.Value))
            .Concat(board.Banks.Where(bank => bank.BusAddress is not null)
                .Select(bank => (bank.Id, new MemoryRange(bank.BusAddress!.Value, bank.SizeBytes))));
        foreach ((string name, MemoryRange range) in taken.Where(item => item.Range.Overlaps(board.Window)))
        {
            report.Add("application.virtualBase", $"the window {board.Window} overlaps \"{name}\", {range}");
        }
    }

    static void PayloadsSuitTheTranslation(Board board, RuleReport report)
    {
        if (!board.Translation.ExecutesInPlace && board.Payloads.Contains(PayloadKind.NativeXip))
        {
            report.Add(
                "application.payloads",
                $"nativeXip cannot run with translation {BoardNames.Of(board.Translation.Kind)}; use nativeRam");
        }

        if (board.Translation.Kind != Translation.Software && board.Payloads.Contains(PayloadKind.NanoFramework))
        {
            report.Add("application.payloads", "nanoFramework payloads need translation software");
        }

        if (board.Translation.ExecutesInPlace && board.LoadArea is null
            && board.Payloads.Contains(PayloadKind.NativeRam))
        {
            report.Add("application.payloads", "nativeRam needs a loadArea");
        }
    }
}
