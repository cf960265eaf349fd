using Twinbank.Core;
using Twinbank.Simulation.Flash;

namespace Twinbank.Simulation.Tests.Flash;

[TestClass]
public sealed class FlashBookkeepingTests
{
    [TestMethod]
    public void Counts_erases_per_sector_and_bytes_and_calls()
    {
        var flash = new StrictNorFlash(Parts.Mixed);
        byte[] buffer = new byte[64];
        flash.EraseSector(32);
        flash.EraseSector(32);
        flash.EraseSector(64);
        flash.Program(0, buffer, 0, 16);
        flash.Program(16, buffer, 0, 4);
        flash.Read(0, buffer, 0, 64);
        flash.EraseSector(1);

        CollectionAssert.AreEqual(new[] { 0, 2, 1 }, flash.Counters.ErasesBySector.ToArray());
        Assert.AreEqual(3, flash.Counters.EraseCalls);
        Assert.AreEqual(2, flash.Counters.ProgramCalls);
        Assert.AreEqual(20, flash.Counters.ProgrammedBytes);
        Assert.AreEqual(1, flash.Counters.ReadCalls);
        Assert.AreEqual(64, flash.Counters.ReadBytes);
        flash.Counters.Clear();
        Assert.AreEqual(0, flash.Counters.EraseCalls + flash.Counters.ProgrammedBytes + flash.Counters.ReadBytes);
    }

    [TestMethod]
    public void The_log_keeps_the_last_operations_oldest_first()
    {
        var flash = new StrictNorFlash(Parts.Plain, logCapacity: 2);
        byte[] buffer = new byte[4];
        flash.Read(0, buffer, 0, 4);
        flash.Program(4, buffer, 0, 4);
        flash.EraseSector(64);

        Assert.AreEqual(3, flash.Log.AddedCount);
        Assert.HasCount(2, flash.Log.Entries);
        Assert.AreEqual(new FlashOperation(FlashOperationKind.Program, 4, 4, Status.Ok), flash.Log.Entries[0]);
        Assert.AreEqual("Erase 0x00000040 +64 Ok", flash.Log.Entries[1].ToString());
        flash.Log.Clear();
        Assert.IsEmpty(flash.Log.Entries);
    }

    [TestMethod]
    public void A_part_without_a_log_still_counts()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.EraseSector(0);
        Assert.IsEmpty(flash.Log.Entries);
        Assert.AreEqual(1, flash.Log.AddedCount);
    }

    [TestMethod]
    public void Goes_back_to_a_snapshot_with_its_write_once_units()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Program(0, new byte[8], 0, 8);
        FlashSnapshot before = flash.Snapshot();
        flash.Program(8, new byte[8], 0, 8);
        Assert.IsFalse(before.IsSameAs(flash.Snapshot()));

        flash.Restore(before);
        Assert.IsTrue(before.IsSameAs(flash.Snapshot()));
        Assert.AreEqual(Status.NotErased, flash.Program(0, new byte[8], 0, 8));
        Assert.AreEqual(Status.Ok, flash.Program(8, new byte[8], 0, 8));
        Assert.AreEqual(0xFF, before.Contents.Span[8], "a snapshot does not follow the part");
    }

    [TestMethod]
    public void Refuses_a_snapshot_of_another_geometry()
    {
        FlashSnapshot other = new StrictNorFlash(Parts.Mixed).Snapshot();
        Assert.ThrowsExactly<ArgumentException>(() => new StrictNorFlash(Parts.Plain).Restore(other));
    }

    [TestMethod]
    public void Preloaded_bytes_are_there_without_an_operation_and_use_up_their_units()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Preload(8, [1, 2, 3]);
        Assert.AreEqual(0, flash.Power.OperationCount);
        Assert.AreEqual(2, flash.Contents[9]);
        Assert.AreEqual(Status.NotErased, flash.Program(8, new byte[8], 0, 8));
    }
}
