using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Simulation.Tests.Flash;

[TestClass]
public sealed class OperationObserverTests
{
    [TestMethod]
    public void What_it_foresees_is_what_a_cut_leaves()
    {
        foreach (CutShape shape in Enum.GetValues<CutShape>())
        {
            for (uint seed = 0; seed < 20; seed++)
            {
                AssertForeseen(shape, seed, Program);
                AssertForeseen(shape, seed, flash => flash.EraseSector(64));
            }
        }
    }

    [TestMethod]
    public void Sees_operations_that_keep_the_rules_and_their_bytes()
    {
        var seen = new List<string>();
        var flash = new StrictNorFlash(Parts.Ecc)
        {
            Observer = pending => seen.Add($"{pending.Operation} {pending.Data.Length}"),
        };
        Program(flash);
        flash.Program(1, new byte[8], 0, 8);
        flash.Read(0, new byte[8], 0, 8);
        flash.EraseSector(64);
        CollectionAssert.AreEqual(
            new[] { "Program 0x00000040 +16 Ok 16", "Erase 0x00000040 +64 Ok 0" }, seen);
    }

    static void Program(StrictNorFlash flash) => flash.Program(64, Parts.Filled(16, 0x55), 0, 16);

    static void AssertForeseen(CutShape shape, uint seed, Action<StrictNorFlash> operate)
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Program(96, Parts.Filled(32, 0x33), 0, 32);
        FlashSnapshot? foreseen = null;
        flash.Observer = pending => foreseen = pending.AfterCut(shape, seed);
        flash.Power.PlanCut(new PowerCut(0, shape, seed));
        Assert.ThrowsExactly<PowerCutException>(() => operate(flash));
        Assert.IsTrue(foreseen!.IsSameAs(flash.Snapshot()), $"{shape} {seed}");
    }
}
