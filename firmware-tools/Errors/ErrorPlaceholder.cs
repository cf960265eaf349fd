namespace Twinbank.Errors;

/// <summary>A <c>{name:style}</c> in an error text; start and length include the braces.</summary>
public readonly record struct ErrorPlaceholder(string Name, string Style, int Start, int Length);
