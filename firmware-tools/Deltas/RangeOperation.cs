namespace Twinbank.Deltas;

/// <summary>One operation of codec 1.</summary>
/// <param name="Kind">What it does.</param>
/// <param name="Source">Source of a copy, as <c>RangeModels.BaseSource</c> tells them apart; unused otherwise.</param>
/// <param name="Count">Bytes it makes; 1 for literals and differences.</param>
readonly record struct RangeOperation(RangeOperationKind Kind, uint Source, int Count)
{
    internal static RangeOperation Literal => new(RangeOperationKind.Literal, 0, 1);

    internal static RangeOperation Difference => new(RangeOperationKind.Difference, 0, 1);
}
