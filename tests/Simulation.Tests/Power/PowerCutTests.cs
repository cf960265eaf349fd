using Twinbank.Core;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;
using Twinbank.Simulation.Tests.Flash;

namespace Twinbank.Simulation.Tests.Power;

[TestClass]
public sealed class PowerCutTests
{
    static readonly byte[] s_zeros = new byte[64];

    [TestMethod]
    public void A_cut_before_leaves_nothing_of_the_operation()
    {
        StrictNorFlash flash = CutProgram(Parts.Plain, new PowerCut(0, CutShape.Before));
        Assert.AreEqual(-1, flash.Contents.IndexOfAnyExcept((byte)0xFF));
        flash = CutErase(Parts.Plain, new PowerCut(0, CutShape.Before));
        Assert.AreEqual(-1, flash.Contents[..64].IndexOfAnyExcept((byte)0));
    }

    [TestMethod]
    public void A_cut_after_leaves_all_of_the_operation()
    {
        StrictNorFlash flash = CutProgram(Parts.Plain, new PowerCut(0, CutShape.After));
        Assert.AreEqual(-1, flash.Contents[..64].IndexOfAnyExcept((byte)0));
        flash = CutErase(Parts.Plain, new PowerCut(0, CutShape.After));
        Assert.AreEqual(-1, flash.Contents[..64].IndexOfAnyExcept((byte)0xFF));
    }

    [TestMethod]
    public void Hits_the_planned_operation_and_no_other()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.EraseSector(0);
        flash.Power.PlanCut(new PowerCut(2, CutShape.Before));
        flash.EraseSector(0);
        flash.Program(0, s_zeros, 0, 4);
        flash.Read(0, new byte[4], 0, 4);
        Assert.ThrowsExactly<PowerCutException>(() => flash.Program(4, s_zeros, 0, 4));
        flash.Power.TurnOn();
        Assert.AreEqual(Status.Ok, flash.Program(4, s_zeros, 0, 4), "one plan is one cut");
        Assert.AreEqual(5, flash.Power.OperationCount);
    }

    [TestMethod]
    public void Nothing_works_without_power()
    {
        StrictNorFlash flash = CutProgram(Parts.Plain, new PowerCut(0, CutShape.Before));
        Assert.ThrowsExactly<PowerCutException>(flash.Power.CutNow);
        Assert.ThrowsExactly<PowerCutException>(() => flash.Read(0, new byte[1], 0, 1));
        Assert.ThrowsExactly<PowerCutException>(() => flash.Program(0, s_zeros, 0, 1));
        Assert.ThrowsExactly<PowerCutException>(() => flash.EraseSector(0));
        flash.Power.TurnOn();
        Assert.AreEqual(Status.Ok, flash.EraseSector(0));
    }

    [TestMethod]
    public void Parts_on_one_supply_are_cut_together_and_counted_together()
    {
        var power = new PowerSupply();
        var first = new StrictNorFlash(Parts.Plain, power);
        var second = new StrictNorFlash(Parts.Ecc, power);
        power.PlanCut(new PowerCut(1, CutShape.After));
        first.EraseSector(0);
        Assert.ThrowsExactly<PowerCutException>(() => second.EraseSector(0));
        Assert.ThrowsExactly<PowerCutException>(() => first.EraseSector(0));
        Assert.AreEqual(1, power.CutCount);
    }

    [TestMethod]
    public void A_cancelled_cut_says_whether_it_was_reached()
    {
        var power = new PowerSupply();
        power.PlanCut(new PowerCut(3, CutShape.Before));
        Assert.IsTrue(power.CancelCut());
        Assert.IsFalse(power.CancelCut());
    }

    [TestMethod]
    public void The_same_cut_leaves_the_same_bytes()
    {
        foreach (CutShape shape in Enum.GetValues<CutShape>())
        {
            var cut = new PowerCut(0, shape, 77);
            Assert.IsTrue(CutProgram(Parts.Ecc, cut).Snapshot().IsSameAs(CutProgram(Parts.Ecc, cut).Snapshot()));
            Assert.IsTrue(CutErase(Parts.Ecc, cut).Snapshot().IsSameAs(CutErase(Parts.Ecc, cut).Snapshot()));
        }
    }

    [TestMethod]
    public void Another_seed_leaves_other_bytes()
    {
        FlashSnapshot first = CutErase(Parts.Plain, new PowerCut(0, CutShape.Noise, 1)).Snapshot();
        FlashSnapshot second = CutErase(Parts.Plain, new PowerCut(0, CutShape.Noise, 2)).Snapshot();
        Assert.IsFalse(first.IsSameAs(second));
    }

    [TestMethod]
    [DataRow("17:prefix:5f", 17, CutShape.Prefix, 0x5Fu)]
    [DataRow("0:before:0", 0, CutShape.Before, 0u)]
    [DataRow("3:randombits:ffffffff", 3, CutShape.RandomBits, 0xFFFFFFFFu)]
    public void Its_text_makes_the_same_cut_again(string text, int operation, CutShape shape, uint seed)
    {
        Assert.IsTrue(PowerCut.TryParse(text, out PowerCut cut));
        Assert.AreEqual(new PowerCut(operation, shape, seed), cut);
        Assert.AreEqual(text, cut.ToString());
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("1:prefix")]
    [DataRow("-1:prefix:0")]
    [DataRow("1:99:0")]
    [DataRow("1:sideways:0")]
    [DataRow("1:prefix:xyz")]
    [DataRow("1:prefix:100000000")]
    public void Refuses_text_that_is_no_cut(string text) => Assert.IsFalse(PowerCut.TryParse(text, out _));

    static StrictNorFlash CutProgram(NorGeometry geometry, PowerCut cut)
    {
        var flash = new StrictNorFlash(geometry);
        flash.Power.PlanCut(cut);
        Assert.ThrowsExactly<PowerCutException>(() => flash.Program(0, s_zeros, 0, 64));
        flash.Power.TurnOn();
        return flash;
    }

    static StrictNorFlash CutErase(NorGeometry geometry, PowerCut cut)
    {
        var flash = new StrictNorFlash(geometry);
        flash.Program(0, s_zeros, 0, 64);
        flash.Power.PlanCut(cut);
        Assert.ThrowsExactly<PowerCutException>(() => flash.EraseSector(0));
        flash.Power.TurnOn();
        return flash;
    }
}
