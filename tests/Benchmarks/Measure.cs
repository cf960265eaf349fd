namespace Twinbank.Benchmarks;

/// <summary>One line of the report.</summary>
/// <param name="Subject">What was measured.</param>
/// <param name="Value">The number with its unit.</param>
/// <param name="Ratio">The same against a yardstick measured in the same run, or empty.</param>
/// <param name="Aim">What it should be, or empty.</param>
/// <param name="IsMet">False when there is an aim and it is missed.</param>
internal sealed record Measure(string Subject, string Value, string Ratio = "", string Aim = "", bool IsMet = true);
