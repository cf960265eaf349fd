namespace Twinbank.Deltas;

/// <summary>Operations of codec 1 (specs/recipe.md section 3).</summary>
enum RangeOperationKind : byte
{
    Literal,
    Difference,

    /// <summary>Copy from the source used last; the next three from the ones before it.</summary>
    RepeatFirst,
    RepeatSecond,
    RepeatThird,
    RepeatFourth,

    /// <summary>Copy from a source that is named in full.</summary>
    New,
}
