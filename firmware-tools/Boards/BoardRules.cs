namespace Twinbank.Boards;

/// <summary>
/// What a board must satisfy beyond the schema. Each rule is a method of its own in one of the classes that
/// <see cref="All"/> names; a board of a catalogue satisfies all of them.
/// </summary>
public static class BoardRules
{
    /// <summary>All rules, in the order in which they are checked.</summary>
    public static IReadOnlyList<BoardRule> All { get; } = [.. FlashRules.All, .. LayoutRules];

    static IReadOnlyList<BoardRule> LayoutRules =>
    [
        .. RegionRules.All,
        .. SlotRules.All,
        .. MemoryRules.All,
        .. BoardMemberRules.All,
    ];

    /// <summary>
    /// Everything that is wrong with the board; empty when nothing is. Rules about what lies in the flash are checked
    /// only when the flash itself is right, because they divide by its sector sizes.
    /// </summary>
    public static IReadOnlyList<RuleViolation> Check(Board board)
    {
        var violations = new List<RuleViolation>();
        Check(board, FlashRules.All, violations);
        if (violations.Count == 0)
        {
            Check(board, LayoutRules, violations);
        }

        return violations;
    }

    static void Check(Board board, IReadOnlyList<BoardRule> rules, List<RuleViolation> violations)
    {
        foreach (BoardRule rule in rules)
        {
            rule.Check(board, new RuleReport(rule.Name, violations));
        }
    }
}
