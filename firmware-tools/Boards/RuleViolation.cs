namespace Twinbank.Boards;

/// <summary>One rule that a board breaks.</summary>
/// <param name="Rule">Name of the rule, for example <c>RegionsDoNotOverlap</c>.</param>
/// <param name="Path">The member of the file it is about, for example <c>regions[2]</c>.</param>
/// <param name="Message">What was found and what would be right.</param>
public sealed record RuleViolation(string Rule, string Path, string Message)
{
    public override string ToString() => $"{Path}: {Message} (rule {Rule})";
}
