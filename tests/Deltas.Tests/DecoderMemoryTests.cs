using System.Reflection;
using Twinbank.Core.Recipes;
using Twinbank.Testing;

namespace Twinbank.Deltas.Tests;

/// <summary>What a device has to give for recipes: counted from the decoder's own fields, held to a budget.</summary>
[TestClass]
public sealed class DecoderMemoryTests
{
    const int BudgetBytes = 4096;

    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    public void Needs_no_more_than_4_KiB_beside_the_packed_map()
    {
        int bytes = DecoderMemory.Count(new RangeRecipeDecoder()) + DecoderMemory.Count(new AddressMap());
        TestContext.WriteLine($"decoder and map: {bytes} bytes");
        Assert.IsInRange(2048, BudgetBytes, bytes);
    }

    [TestMethod]
    public void Counts_arrays_of_objects_inside_objects()
    {
        var map = new AddressMap();
        int numbers = typeof(AddressMap).GetFields(BindingFlags.Instance | BindingFlags.NonPublic)
            .Select(field => field.GetValue(map)).OfType<Array>().Count();
        Assert.AreEqual(4, numbers, "two arrays of words, one of halves, and the caller's bytes");
        Assert.IsGreaterThan(320, DecoderMemory.Count(map));
    }
}
