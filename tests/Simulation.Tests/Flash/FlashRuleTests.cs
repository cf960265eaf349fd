using Twinbank.Core;
using Twinbank.Simulation.Flash;

namespace Twinbank.Simulation.Tests.Flash;

[TestClass]
public sealed class FlashRuleTests
{
    static readonly byte[] s_bytes = [0xA5, 0x5A, 0x00, 0xFF, 0x12, 0x34, 0x56, 0x78];

    [TestMethod]
    public void Starts_erased_and_reads_back_what_was_programmed()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        byte[] read = new byte[10];
        Assert.AreEqual(Status.Ok, flash.Program(5, s_bytes, 0, 8));
        Assert.AreEqual(Status.Ok, flash.Read(4, read, 0, 10));
        CollectionAssert.AreEqual((byte[])[0xFF, .. s_bytes, 0xFF], read);
        Assert.IsEmpty(flash.Violations);
    }

    [TestMethod]
    public void Takes_the_given_part_of_the_buffers()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        byte[] read = new byte[8];
        Assert.AreEqual(Status.Ok, flash.Program(0, s_bytes, 4, 2));
        Assert.AreEqual(Status.Ok, flash.Read(0, read, 3, 2));
        CollectionAssert.AreEqual(new byte[] { 0, 0, 0, 0x12, 0x34, 0, 0, 0 }, read);
        Assert.AreEqual(0xFF, flash.Contents[2]);
    }

    [TestMethod]
    public void An_erase_sets_its_sector_and_nothing_else()
    {
        var flash = new StrictNorFlash(Parts.Mixed);
        byte[] zeros = new byte[192];
        Assert.AreEqual(Status.Ok, flash.Program(0, zeros, 0, 192));
        Assert.AreEqual(Status.Ok, flash.EraseSector(32));
        Assert.AreEqual(-1, flash.Contents[..32].IndexOfAnyExcept((byte)0));
        Assert.AreEqual(-1, flash.Contents[32..64].IndexOfAnyExcept((byte)0xFF));
        Assert.AreEqual(-1, flash.Contents[64..].IndexOfAnyExcept((byte)0));
    }

    [TestMethod]
    public void Programming_may_clear_more_bits_of_a_byte()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        Assert.AreEqual(Status.Ok, flash.Program(0, [0xF0], 0, 1));
        Assert.AreEqual(Status.Ok, flash.Program(0, [0x30], 0, 1));
        Assert.AreEqual(0x30, flash.Contents[0]);
        Assert.IsEmpty(flash.Violations);
    }

    [TestMethod]
    public void Catches_a_caller_that_sets_a_bit()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Program(0, [0x00, 0xF0], 0, 2);
        Assert.AreEqual(Status.NotErased, flash.Program(0, [0x00, 0x71], 0, 2));
        AssertViolation(flash, FlashRule.OnlyClearsBits, 1);
        Assert.AreEqual(0xF0, flash.Contents[1], "a refused program changes nothing");
    }

    [TestMethod]
    [DataRow(4u, 8, 4u)]
    [DataRow(8u, 4, 8u)]
    [DataRow(1u, 1, 1u)]
    public void Catches_a_program_that_is_not_whole_units(uint address, int count, uint at)
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        Assert.AreEqual(Status.Misaligned, flash.Program(address, s_bytes, 0, count));
        AssertViolation(flash, FlashRule.IsAligned, at);
    }

    [TestMethod]
    public void Catches_a_second_program_of_a_write_once_unit_even_with_the_same_bytes()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Program(8, s_bytes, 0, 8);
        Assert.AreEqual(Status.NotErased, flash.Program(8, s_bytes, 0, 8));
        AssertViolation(flash, FlashRule.ProgramsWriteOnceUnitsOnce, 8);
    }

    [TestMethod]
    public void A_unit_programmed_with_erased_bytes_is_used_up_too()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Program(0, Parts.Filled(8, 0xFF), 0, 8);
        Assert.AreEqual(Status.NotErased, flash.Program(0, s_bytes, 0, 8));
        AssertViolation(flash, FlashRule.ProgramsWriteOnceUnitsOnce, 0);
    }

    [TestMethod]
    public void A_write_once_unit_takes_another_program_after_an_erase()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        flash.Program(8, s_bytes, 0, 8);
        flash.EraseSector(0);
        Assert.AreEqual(Status.Ok, flash.Program(8, s_bytes, 0, 8));
        Assert.IsEmpty(flash.Violations);
    }

    [TestMethod]
    [DataRow(1u)]
    [DataRow(63u)]
    public void Catches_an_erase_inside_a_sector(uint address)
    {
        var flash = new StrictNorFlash(Parts.Plain);
        Assert.AreEqual(Status.Misaligned, flash.EraseSector(address));
        AssertViolation(flash, FlashRule.IsAligned, address);
    }

    [TestMethod]
    [DataRow(256u, 1)]
    [DataRow(255u, 2)]
    [DataRow(0u, 257)]
    [DataRow(0u, -1)]
    [DataRow(0xFFFFFFFFu, 2)]
    public void Catches_a_range_outside_the_part(uint address, int count)
    {
        byte[] buffer = new byte[300];
        var flash = new StrictNorFlash(Parts.Plain);
        Assert.AreEqual(Status.OutOfRange, flash.Read(address, buffer, 0, count));
        Assert.AreEqual(Status.OutOfRange, flash.Program(address, buffer, 0, count));
        Assert.HasCount(2, flash.Violations);
        Assert.AreEqual(FlashRule.StaysInBounds, flash.Violations[1].Rule);
    }

    [TestMethod]
    public void Catches_an_erase_outside_the_part()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        Assert.AreEqual(Status.OutOfRange, flash.EraseSector(256));
        AssertViolation(flash, FlashRule.StaysInBounds, 256);
    }

    [TestMethod]
    [DataRow(0, 9)]
    [DataRow(8, 1)]
    [DataRow(-1, 4)]
    public void Catches_a_range_outside_the_buffer(int offset, int count)
    {
        var flash = new StrictNorFlash(Parts.Plain);
        Assert.AreEqual(Status.OutOfRange, flash.Program(0, s_bytes, offset, count));
        AssertViolation(flash, FlashRule.StaysInBounds, 0);
    }

    [TestMethod]
    public void Nothing_to_program_is_done_without_an_operation()
    {
        var flash = new StrictNorFlash(Parts.Ecc);
        Assert.AreEqual(Status.Ok, flash.Program(8, s_bytes, 0, 0));
        Assert.AreEqual(0, flash.Power.OperationCount);
    }

    [TestMethod]
    public void Violations_stop_at_a_limit_and_can_be_cleared()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        for (int count = 0; count < 2000; count++)
        {
            flash.EraseSector(1);
        }

        Assert.HasCount(1000, flash.Violations);
        flash.ClearViolations();
        Assert.IsEmpty(flash.Violations);
    }

    static void AssertViolation(StrictNorFlash flash, FlashRule rule, uint address)
    {
        Assert.HasCount(1, flash.Violations);
        Assert.AreEqual(rule, flash.Violations[0].Rule);
        Assert.AreEqual(address, flash.Violations[0].Address);
        Assert.Contains(rule.ToString(), flash.Violations[0].ToString());
    }
}
