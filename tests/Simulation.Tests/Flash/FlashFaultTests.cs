using Twinbank.Core;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Tests.Flash;

[TestClass]
public sealed class FlashFaultTests
{
    [TestMethod]
    [DataRow(SectorFault.EraseFails, Status.EraseFailed)]
    [DataRow(SectorFault.EraseIgnored, Status.Ok)]
    [DataRow(SectorFault.WriteProtected, Status.EraseFailed)]
    public void A_stuck_sector_is_not_erased(SectorFault fault, Status expected)
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Program(64, [7], 0, 1);
        flash.Faults.SetSectorFault(70, fault);
        Assert.AreEqual(expected, flash.EraseSector(64));
        Assert.AreEqual(7, flash.Contents[64]);
        Assert.AreEqual(Status.Ok, flash.EraseSector(0), "its neighbour is sound");
    }

    [TestMethod]
    [DataRow(SectorFault.ProgramFails, Status.ProgramFailed)]
    [DataRow(SectorFault.ProgramIgnored, Status.Ok)]
    [DataRow(SectorFault.WriteProtected, Status.WriteProtected)]
    public void A_stuck_sector_is_not_programmed(SectorFault fault, Status expected)
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Faults.SetSectorFault(64, fault);
        Assert.AreEqual(expected, flash.Program(60, new byte[8], 0, 8), "the range reaches into the stuck sector");
        Assert.AreEqual(0xFF, flash.Contents[64]);
        Assert.AreEqual(Status.Ok, flash.Program(0, new byte[8], 0, 8));
        flash.Faults.SetSectorFault(64, SectorFault.None);
        Assert.AreEqual(Status.Ok, flash.Program(60, new byte[8], 0, 8));
    }

    [TestMethod]
    public void Bit_rot_turns_one_bit_in_either_direction()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.FlipBit(9, 6);
        Assert.AreEqual(0xBF, flash.Contents[9]);
        flash.FlipBit(9, 6);
        Assert.AreEqual(0xFF, flash.Contents[9]);
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => flash.FlipBit(256, 0));
        Assert.ThrowsExactly<ArgumentOutOfRangeException>(() => flash.FlipBit(0, 8));
    }

    [TestMethod]
    [DataRow(0u, 16, Status.Ok)]
    [DataRow(0u, 17, Status.ReadFailed)]
    [DataRow(19u, 1, Status.ReadFailed)]
    [DataRow(20u, 4, Status.Ok)]
    public void A_read_error_hits_reads_that_touch_its_range(uint address, int count, Status expected)
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Faults.AddReadError(16, 4);
        Assert.AreEqual(expected, flash.Read(address, new byte[32], 0, count));
        Assert.IsEmpty(flash.Violations);
    }

    [TestMethod]
    public void A_passing_read_error_ends_after_its_times()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Faults.AddReadError(0, 1, times: 2);
        byte[] buffer = new byte[1];
        Assert.AreEqual(Status.ReadFailed, flash.Read(0, buffer, 0, 1));
        Assert.AreEqual(Status.ReadFailed, flash.Read(0, buffer, 0, 1));
        Assert.AreEqual(Status.Ok, flash.Read(0, buffer, 0, 1));
    }

    [TestMethod]
    public void Operations_take_their_time_on_the_clock()
    {
        var clock = new SimulatedClock();
        var flash = new StrictNorFlash(Parts.Plain, clock: clock) { Timing = FlashTiming.SerialNor };
        flash.EraseSector(0);
        Assert.AreEqual(45u, clock.ElapsedMilliseconds);
        flash.Faults.SlowdownFactor = 10;
        flash.EraseSector(0);
        Assert.AreEqual(495u, clock.ElapsedMilliseconds);
    }

    [TestMethod]
    public void An_operation_over_the_time_limit_times_out_and_changes_nothing()
    {
        var flash = new StrictNorFlash(Parts.Plain) { Timing = FlashTiming.SerialNor };
        flash.Program(0, [0], 0, 1);
        flash.Faults.TimeLimit = TimeSpan.FromMilliseconds(100);
        flash.Faults.SlowdownFactor = 3;
        Assert.AreEqual(Status.Timeout, flash.EraseSector(0));
        Assert.AreEqual(0, flash.Contents[0]);
        flash.Faults.SlowdownFactor = 1_000_000;
        Assert.AreEqual(Status.Timeout, flash.Program(1, [0], 0, 1));
        Assert.AreEqual(0xFF, flash.Contents[1]);
    }

    [TestMethod]
    public void A_cleared_part_is_sound_again()
    {
        var flash = new StrictNorFlash(Parts.Plain) { Timing = FlashTiming.SerialNor };
        flash.Faults.SetSectorFault(0, SectorFault.EraseFails);
        flash.Faults.AddReadError(0, 256);
        flash.Faults.TimeLimit = TimeSpan.Zero;
        flash.Faults.Clear();
        Assert.AreEqual(Status.Ok, flash.EraseSector(0));
        Assert.AreEqual(Status.Ok, flash.Read(0, new byte[1], 0, 1));
    }
}
