namespace Twinbank.Deltas;

/// <summary>A source and how many bytes it has right from some position on.</summary>
readonly record struct RangeMatch(uint Source, int Count);
