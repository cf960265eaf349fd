using Twinbank.Core;
using Twinbank.Errors;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;

namespace Twinbank.Simulation.Tests.Flash;

[TestClass]
public sealed class FlashFileTests
{
    readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    [TestCleanup]
    public void RemoveFile() => File.Delete(_path);

    [TestMethod]
    public void A_new_file_holds_the_part_and_follows_every_change()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Program(0, new byte[8], 0, 8);
        AssertFollows(flash, () => { });
        AssertFollows(flash, () => flash.Program(64, new byte[16], 0, 16));
        AssertFollows(flash, () => flash.EraseSector(0));
        AssertFollows(flash, () => flash.FlipBit(200, 3));
        flash.EraseSector(64);
        Assert.AreEqual(0, File.ReadAllBytes(_path)[64], "it does not follow once it is disposed");
    }

    [TestMethod]
    public void A_torn_operation_is_in_the_file()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Power.PlanCut(new PowerCut(0, CutShape.Prefix, 6));
        AssertFollows(
            flash, () => Assert.ThrowsExactly<PowerCutException>(() => flash.Program(0, new byte[64], 0, 64)));
    }

    [TestMethod]
    public void The_next_run_finds_what_the_last_one_left()
    {
        var first = new StrictNorFlash(Parts.Ecc);
        using (FlashFile.Attach(first, _path))
        {
            first.Program(8, [1, 2, 3, 4, 5, 6, 7, 8], 0, 8);
        }

        var second = new StrictNorFlash(Parts.Ecc);
        using (FlashFile.Attach(second, _path))
        {
            Assert.IsTrue(second.Contents.SequenceEqual(first.Contents));
            Assert.AreEqual(Status.Ok, second.Program(0, new byte[8], 0, 8), "an erased unit is still free");
            Assert.AreEqual(Status.NotErased, second.Program(8, new byte[8], 0, 8), "a used one is not");
        }
    }

    [TestMethod]
    public void Refuses_a_file_of_another_size()
    {
        File.WriteAllBytes(_path, new byte[255]);
        FirmwareException error = Assert.ThrowsExactly<FirmwareException>(
            () => FlashFile.Attach(new StrictNorFlash(Parts.Plain), _path));
        Assert.AreEqual("FW5102", error.Code.Id);
        Assert.AreEqual(255, new FileInfo(_path).Length);
    }

    [TestMethod]
    public void Two_parts_cannot_share_a_file()
    {
        using (FlashFile.Attach(new StrictNorFlash(Parts.Plain), _path))
        {
            Assert.ThrowsExactly<IOException>(() => FlashFile.Attach(new StrictNorFlash(Parts.Plain), _path));
        }
    }

    void AssertFollows(StrictNorFlash flash, Action change)
    {
        using (FlashFile.Attach(flash, _path))
        {
            change();
        }

        CollectionAssert.AreEqual(flash.Contents.ToArray(), File.ReadAllBytes(_path));
    }
}
