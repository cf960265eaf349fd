namespace Twinbank.Boards;

/// <summary>Rules about the remaining members.</summary>
static class BoardMemberRules
{
    internal static IReadOnlyList<BoardRule> All { get; } =
    [
        new(nameof(RevisionsAreUnique), RevisionsAreUnique),
        new(nameof(OnlySerialLinksHaveABaudRate), OnlySerialLinksHaveABaudRate),
        new(nameof(VariantNamesAreUnique), VariantNamesAreUnique),
    ];

    static void RevisionsAreUnique(Board board, RuleReport report)
    {
        foreach (IGrouping<int, HardwareRevision> group in board.Revisions.GroupBy(revision => revision.Number))
        {
            if (group.Count() > 1)
            {
                report.Add("revisions", $"{group.Count()} revisions have the number {group.Key}");
            }
        }
    }

    static void OnlySerialLinksHaveABaudRate(Board board, RuleReport report)
    {
        for (int i = 0; i < board.Links.Count; i++)
        {
            bool isSerial = board.Links[i].Kind == LinkKind.Serial;
            if (isSerial != board.Links[i].BaudRate.HasValue)
            {
                report.Add($"links[{i}]", isSerial ? "a serial link needs a baudRate" : "only a serial link has a baudRate");
            }
        }
    }

    static void VariantNamesAreUnique(Board board, RuleReport report)
    {
        foreach (IGrouping<string, BoardVariant> group in board.Variants.GroupBy(variant => variant.Name))
        {
            if (group.Count() > 1)
            {
                report.Add("variants", $"{group.Count()} variants have the name \"{group.Key}\"");
            }
        }
    }
}
