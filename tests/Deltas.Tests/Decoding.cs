using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>Runs the device's decoder of codec 1 as a device would.</summary>
static class Decoding
{
    /// <summary>Feeds pieces that end at <paramref name="cuts"/>, then ends the recipe.</summary>
    internal static Status Run(
        RecipeDecoder decoder, RecipeIo io, byte[] recipe, int targetBytes, uint baseOffset, params int[] cuts)
    {
        decoder.Begin(io, (uint)targetBytes, baseOffset, 0, null);
        return Feed(decoder, recipe, cuts);
    }

    /// <summary>Feeds a decoder that was begun.</summary>
    internal static Status Feed(RecipeDecoder decoder, byte[] recipe, params int[] cuts)
    {
        int position = 0;
        foreach (int cut in cuts.Append(recipe.Length))
        {
            Status status = decoder.Accept(recipe, position, cut - position);
            if (status != Status.Ok)
            {
                Assert.AreEqual(status, decoder.Accept(recipe, 0, recipe.Length), "an error must stay");
                Assert.AreEqual(status, decoder.Finish(), "an error must stay");
                return status;
            }

            position = cut;
        }

        return decoder.Finish();
    }

    /// <summary>The block that a recipe makes; fails the test when it makes none.</summary>
    internal static byte[] Decode(byte[] recipe, byte[] baseImage, int targetBytes, uint baseOffset = 0)
    {
        var io = new StrictRecipeIo(baseImage, targetBytes);
        Assert.AreEqual(Status.Ok, Run(new RangeRecipeDecoder(), io, recipe, targetBytes, baseOffset));
        return io.Target;
    }
}
