namespace Twinbank.Boards;

/// <summary>One named rule beyond the schema.</summary>
/// <param name="Name">Name in messages, the method's name.</param>
/// <param name="Check">Adds a line per violation, path and message, to the report.</param>
public sealed record BoardRule(string Name, Action<Board, RuleReport> Check);
