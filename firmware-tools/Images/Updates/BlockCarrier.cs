using Twinbank.Core.Format;
using Twinbank.Deltas;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Updates;

/// <summary>Chooses the smallest way to carry one block.</summary>
static class BlockCarrier
{
    /// <summary>Stored, or compressed when that is smaller.</summary>
    internal static CarriedBlock Smallest(byte[] data, RecipeCodec? codec)
    {
        if (codec == null)
        {
            return CarriedBlock.Stored(data);
        }

        byte[] compressed = codec.Encode(data, baseImage: null);
        return compressed.Length < data.Length
            ? new CarriedBlock(CarrierMethod.Compressed, codec.Id, 0, compressed)
            : CarriedBlock.Stored(data);
    }

    /// <summary>Stored, compressed, or a recipe over the base: the smallest; the recipe wins a tie.</summary>
    internal static CarriedBlock Smallest(
        byte[] data, RecipeCodec codec, RecipeBase baseImage, uint baseOffset, int targetOffset)
    {
        byte[] recipe = codec.Encode(data, baseImage, baseOffset, targetOffset);

        // A recipe can do all that compression can, so compressing again is only worth it when the base helped little.
        CarriedBlock other = recipe.Length * 4 > data.Length ? Smallest(data, codec) : CarriedBlock.Stored(data);
        return recipe.Length <= other.Data.Length
            ? new CarriedBlock(CarrierMethod.Recipe, codec.Id, 0, recipe)
            : other;
    }
}
