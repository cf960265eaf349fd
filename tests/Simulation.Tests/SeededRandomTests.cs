namespace Twinbank.Simulation.Tests;

[TestClass]
public sealed class SeededRandomTests
{
    /// <summary>
    /// First outputs of the public-domain SplitMix64 reference (Vigna, splitmix64.c) for seed 1234567.
    /// </summary>
    [TestMethod]
    public void Gives_the_published_numbers()
    {
        var random = new SeededRandom(1234567);
        Assert.AreEqual(6457827717110365317UL, random.Next());
        Assert.AreEqual(3203168211198807973UL, random.Next());
        Assert.AreEqual(9817491932198370423UL, random.Next());
    }

    [TestMethod]
    public void Stays_below_its_limit()
    {
        var random = new SeededRandom(1);
        var seen = new HashSet<int>();
        for (int count = 0; count < 1000; count++)
        {
            seen.Add(random.Below(7));
        }

        CollectionAssert.AreEquivalent(new[] { 0, 1, 2, 3, 4, 5, 6 }, seen.ToArray());
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => random.Below(0));
    }

    [TestMethod]
    public void A_chance_of_nothing_never_comes_and_of_everything_always()
    {
        var random = new SeededRandom(2);
        for (int count = 0; count < 1000; count++)
        {
            Assert.IsFalse(random.Chance(0));
            Assert.IsTrue(random.Chance(1000));
        }
    }
}
