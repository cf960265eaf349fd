using Twinbank.Core.Recipes;
using Twinbank.Deltas;

namespace Twinbank.Images.Updates;

/// <summary>The recipe codecs of this version: the one place where a new codec is named.</summary>
public static class Codecs
{
    /// <summary>What images and deltas are made with.</summary>
    public static RecipeCodec Default { get; } = new RangeRecipeCodec();

    /// <summary>New decoders for everything that can be read; a decoder serves one container at a time.</summary>
    public static RecipeDecoder[] NewDecoders() => [new RangeRecipeDecoder()];
}
