using System.Text;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>Recipes in the field must decode for ever: bytes of today that every later version has to read.</summary>
[TestClass]
public sealed class RangeFormatTests
{
    const string OldText = "Slot A runs 1.0.0, slot B is empty. Slot A runs 1.0.0, slot B is empty. The end.";
    const string NewText = "Slot B runs 1.1.0, slot A runs 1.0.0. Slot B runs 1.1.0, slot A runs 1.0.0. The end.";

    [TestMethod]
    [DataRow(
        "22B08C2FB0FE596D1E2F99FBC302F2ED2EC1127E8E33EC3B7C4324A4DA053CE295BFE8", false,
        DisplayName = "compressed")]
    [DataRow("EF214CA17D4663B55AC5334FFF624A", true, DisplayName = "over a base")]
    public void Decodes_a_recipe_made_before(string hex, bool hasBase)
    {
        byte[] target = Encoding.ASCII.GetBytes(NewText);
        byte[] baseImage = hasBase ? Encoding.ASCII.GetBytes(OldText) : [];
        byte[] recipe = Convert.FromHexString(hex);
        CollectionAssert.AreEqual(target, Decoding.Decode(recipe, baseImage, target.Length));
        CollectionAssert.AreEqual(target, new RangeReferenceDecoder(recipe, baseImage, target.Length, 0).Decode());
    }

    [TestMethod]
    public void Starts_every_model_with_a_probability_it_may_have()
    {
        // The specification counts them: 94 + (5 * 34) + (3 * 63) + (2 * 15) + (2 * 255) + (2 * 255).
        ushort[] models = new ushort[1503];
        RangeModels.Reset(models);
        foreach (ushort model in models)
        {
            Assert.IsInRange(31, 4065, model >> 4);
        }
    }
}
