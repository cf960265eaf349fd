namespace Twinbank.Boards;

/// <summary>
/// What a board must satisfy beyond the schema. Each rule is a method of its own in one of the classes that
/// <see cref="All"/> names; a board of a catalogue satisfies all of them.
/// </summary>
public static class BoardRules
{
    /// <summary>All rules, in the order in which they are checked.</summary>
    public static IReadOnlyList<BoardRule> All { get; } =
    [
        .. FlashRules.All,
        .. RegionRules.All,
        .. SlotRules.All,
        .. MemoryRules.All,
        .. BoardMemberRules.All,
    ];

    /// <summary>Everything that is wrong with the board; empty when nothing is.</summary>
    public static IReadOnlyList<RuleViolation> Check(Board board)
    {
        var violations = new List<RuleViolation>();
        foreach (BoardRule rule in All)
        {
            rule.Check(board, new RuleReport(rule.Name, violations));
        }

        return violations;
    }
}
