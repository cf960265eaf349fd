namespace Twinbank.Core.Recipes;

/// <summary>
/// Codec numbers of the container format (specs/recipe.md section 2). Never renumbered, never reused.
/// </summary>
public static class RecipeCodecId
{
    /// <summary>No codec: the block is carried as it is.</summary>
    public const byte Stored = 0;

    /// <summary>Copies, corrections and literals under an adaptive range coder.</summary>
    public const byte Range = 1;
}
