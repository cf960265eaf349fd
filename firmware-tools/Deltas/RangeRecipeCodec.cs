using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>Encoder of codec 1: the cheapest operations it finds, under an adaptive range coder.</summary>
public sealed class RangeRecipeCodec : RecipeCodec
{
    // Short recipes gain from looking at the block again with what was learnt on it; long ones have learnt by then.
    const int RepeatRecipeBytesMax = 4096;

    const int PassesMax = 3;

    public override byte Id => RecipeCodecId.Range;

    public override byte[] Encode(
        ReadOnlySpan<byte> target, RecipeBase? baseImage, uint baseOffset = 0, int targetOffset = 0)
    {
        var block = new RangeBlock(target.ToArray(), baseImage, baseOffset, targetOffset);
        var matches = new RangeMatches(block);
        var parser = new RangeParser(block, matches, guide: null);
        byte[] best = parser.Run();
        for (int pass = 1; pass < PassesMax && best.Length <= RepeatRecipeBytesMax; pass++)
        {
            parser = new RangeParser(block, matches, parser.Models);
            byte[] recipe = parser.Run();
            best = recipe.Length < best.Length ? recipe : best;
        }

        return best;
    }
}
