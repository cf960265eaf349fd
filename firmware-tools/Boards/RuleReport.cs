namespace Twinbank.Boards;

/// <summary>Collects what one rule finds.</summary>
public sealed class RuleReport
{
    readonly string _rule;
    readonly List<RuleViolation> _violations;

    internal RuleReport(string rule, List<RuleViolation> violations)
    {
        _rule = rule;
        _violations = violations;
    }

    /// <summary>Adds a violation.</summary>
    /// <param name="path">The member of the file it is about.</param>
    /// <param name="message">What was found and what would be right, without a full stop.</param>
    public void Add(string path, string message) => _violations.Add(new RuleViolation(_rule, path, message));
}
