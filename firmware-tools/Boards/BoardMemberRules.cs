namespace Twinbank.Boards;

/// <summary>Rules about the remaining members.</summary>
static class BoardMemberRules
{
    internal static IReadOnlyList<BoardRule> All { get; } =
    [
        new(nameof(RevisionsAreUnique), RevisionsAreUnique),
        new(nameof(OnlySerialLinksHaveABaudRate), OnlySerialLinksHaveABaudRate),
        new(nameof(VariantNamesAreUnique), VariantNamesAreUnique),
        new(nameof(VariantIdsFitTheManifest), VariantIdsFitTheManifest),
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
                report.Add(
                    $"links[{i}]",
                    isSerial ? "a serial link needs a baudRate" : "only a serial link has a baudRate");
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

    static void VariantIdsFitTheManifest(Board board, RuleReport report)
    {
        foreach (BoardVariant variant in board.Variants)
        {
            string id = BoardCatalog.VariantId(board.Id, variant.Name);
            if (id.Length > BoardLimits.IdLengthMax)
            {
                report.Add(
                    "variants",
                    $"\"{id}\" has {id.Length} characters; at most {BoardLimits.IdLengthMax} fit a manifest");
            }
        }
    }
}
