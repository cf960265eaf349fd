using Twinbank.Core;
using Twinbank.Simulation.Flash;
using Twinbank.Simulation.Power;
using Twinbank.Simulation.Tests.Flash;

namespace Twinbank.Simulation.Tests.Power;

/// <summary>Each shape over many seeds: it leaves what its name says, and every such outcome does occur.</summary>
[TestClass]
public sealed class TornOperationTests
{
    const int SeedCount = 300;

    static readonly byte[] s_zeros = new byte[64];

    [TestMethod]
    public void A_prefix_of_a_program_has_every_length()
    {
        var lengths = new HashSet<int>();
        for (uint seed = 0; seed < 10 * SeedCount; seed++)
        {
            ReadOnlySpan<byte> left = Program(Parts.Plain, CutShape.Prefix, seed).Contents[..64];
            int length = left.IndexOfAnyExcept((byte)0);
            Assert.AreEqual(-1, left[length..].IndexOfAnyExcept((byte)0xFF));
            lengths.Add(length);
        }

        Assert.HasCount(64, lengths);
    }

    [TestMethod]
    public void A_hole_of_a_program_is_one_whole_unit_that_can_still_be_programmed()
    {
        var holes = new HashSet<int>();
        for (uint seed = 0; seed < SeedCount; seed++)
        {
            StrictNorFlash flash = Program(Parts.Ecc, CutShape.Hole, seed);
            int hole = flash.Contents[..64].IndexOf((byte)0xFF);
            Assert.AreEqual(0, hole % 8);
            Assert.AreEqual(8, flash.Contents[..64].Count((byte)0xFF));
            Assert.AreEqual(Status.Ok, flash.Program((uint)hole, s_zeros, 0, 8));
            holes.Add(hole);
        }

        Assert.HasCount(8, holes);
    }

    [TestMethod]
    public void Random_bits_of_a_program_only_clear_and_only_what_was_asked()
    {
        for (uint seed = 0; seed < SeedCount; seed++)
        {
            var flash = new StrictNorFlash(Parts.Plain);
            flash.Power.PlanCut(new PowerCut(0, CutShape.RandomBits, seed));
            Assert.ThrowsExactly<PowerCutException>(() => flash.Program(0, Parts.Filled(64, 0x0F), 0, 64));
            int cleared = 0;
            foreach (byte left in flash.Contents[..64])
            {
                Assert.AreEqual(0x0F, left & 0x0F);
                cleared += 4 - int.PopCount(left >> 4);
            }

            Assert.IsInRange(64, 192, cleared);
        }
    }

    [TestMethod]
    public void A_torn_unit_of_an_ecc_part_cannot_be_programmed_again_before_an_erase()
    {
        StrictNorFlash flash = Program(Parts.Ecc, CutShape.RandomBits, 5);
        Assert.AreEqual(Status.NotErased, flash.Program(0, s_zeros, 0, 8));
        Assert.AreEqual(Status.Ok, flash.EraseSector(0));
        Assert.AreEqual(Status.Ok, flash.Program(0, s_zeros, 0, 8));
    }

    [TestMethod]
    public void An_unreadable_unit_fails_reads_until_it_is_erased()
    {
        StrictNorFlash flash = Program(Parts.Ecc, CutShape.Unreadable, 3);
        byte[] buffer = new byte[64];
        int failed = Enumerable.Range(0, 8).Count(
            unit => flash.Read((uint)unit * 8, buffer, 0, 8) == Status.ReadFailed);
        Assert.AreEqual(1, failed);
        Assert.AreEqual(Status.ReadFailed, flash.Read(0, buffer, 0, 64));
        flash.EraseSector(0);
        Assert.AreEqual(Status.Ok, flash.Read(0, buffer, 0, 64));
    }

    [TestMethod]
    public void An_unreadable_unit_stays_so_in_a_snapshot()
    {
        StrictNorFlash flash = Program(Parts.Ecc, CutShape.Unreadable, 3);
        FlashSnapshot torn = flash.Snapshot();
        flash.EraseSector(0);
        flash.Restore(torn);
        Assert.AreEqual(Status.ReadFailed, flash.Read(0, new byte[64], 0, 64));
    }

    [TestMethod]
    public void A_part_without_ecc_tears_bits_where_one_with_ecc_turns_unreadable()
    {
        StrictNorFlash flash = Program(Parts.Plain, CutShape.Unreadable, 3);
        Assert.AreEqual(Status.Ok, flash.Read(0, new byte[64], 0, 64));
        Assert.IsLessThan(64, flash.Contents[..64].Count((byte)0));
    }

    [TestMethod]
    public void A_torn_erase_has_its_head_or_its_tail_erased()
    {
        for (uint seed = 0; seed < SeedCount; seed++)
        {
            ReadOnlySpan<byte> head = Erase(Parts.Plain, CutShape.Prefix, seed).Contents[..64];
            int edge = head.IndexOf((byte)0);
            Assert.AreEqual(-1, head[edge..].IndexOfAnyExcept((byte)0));

            ReadOnlySpan<byte> tail = Erase(Parts.Plain, CutShape.Hole, seed).Contents[..64];
            edge = tail.IndexOf((byte)0xFF);
            Assert.AreEqual(-1, tail[edge..].IndexOfAnyExcept((byte)0xFF));
        }
    }

    [TestMethod]
    public void Random_bits_of_an_erase_only_set()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Program(0, Parts.Filled(64, 0xF0), 0, 64);
        flash.Power.PlanCut(new PowerCut(0, CutShape.RandomBits, 9));
        Assert.ThrowsExactly<PowerCutException>(() => flash.EraseSector(0));
        foreach (byte left in flash.Contents[..64])
        {
            Assert.AreEqual(0xF0, left & 0xF0);
        }

        Assert.IsLessThan(64, flash.Contents[..64].Count((byte)0xFF));
    }

    [TestMethod]
    public void A_torn_erase_leaves_other_sectors_alone()
    {
        foreach (CutShape shape in Enum.GetValues<CutShape>())
        {
            Assert.AreEqual(-1, Erase(Parts.Ecc, shape, 4).Contents[64..].IndexOfAnyExcept((byte)0xFF));
        }
    }

    [TestMethod]
    [DataRow(CutShape.Prefix)]
    [DataRow(CutShape.Hole)]
    [DataRow(CutShape.RandomBits)]
    [DataRow(CutShape.Noise)]
    [DataRow(CutShape.Unreadable)]
    public void Catches_a_caller_that_programs_over_a_torn_erase(CutShape shape)
    {
        StrictNorFlash flash = Erase(Parts.Plain, shape, 8);
        FlashSnapshot torn = flash.Snapshot();
        Assert.AreEqual(Status.NotErased, flash.Program(60, s_zeros, 0, 8));
        Assert.AreEqual(FlashRule.RepeatsTornErases, flash.Violations[0].Rule);
        Assert.AreEqual(60u, flash.Violations[0].Address);
        Assert.AreEqual(Status.Ok, flash.Program(64, s_zeros, 0, 8), "the next sector is sound");
        flash.EraseSector(0);
        Assert.AreEqual(Status.Ok, flash.Program(0, s_zeros, 0, 8));
        flash.Restore(torn);
        Assert.AreEqual(Status.NotErased, flash.Program(0, s_zeros, 0, 8), "a snapshot remembers it");
    }

    [TestMethod]
    [DataRow(CutShape.Before)]
    [DataRow(CutShape.After)]
    public void A_clean_cut_of_an_erase_needs_no_second_one(CutShape shape)
    {
        StrictNorFlash flash = Erase(Parts.Plain, shape, 8);
        Assert.AreEqual(Status.Ok, flash.Program(0, s_zeros, 0, 8));
    }

    [TestMethod]
    public void A_cut_does_not_mend_a_stuck_sector()
    {
        var flash = new StrictNorFlash(Parts.Plain);
        flash.Faults.SetSectorFault(0, SectorFault.EraseFails | SectorFault.ProgramFails);
        flash.Power.PlanCut(new PowerCut(0, CutShape.After));
        Assert.ThrowsExactly<PowerCutException>(() => flash.Program(0, s_zeros, 0, 64));
        Assert.AreEqual(0xFF, flash.Contents[0]);
    }

    static StrictNorFlash Program(NorGeometry geometry, CutShape shape, uint seed)
    {
        var flash = new StrictNorFlash(geometry);
        flash.Power.PlanCut(new PowerCut(0, shape, seed));
        Assert.ThrowsExactly<PowerCutException>(() => flash.Program(0, s_zeros, 0, 64));
        flash.Power.TurnOn();
        return flash;
    }

    static StrictNorFlash Erase(NorGeometry geometry, CutShape shape, uint seed)
    {
        var flash = new StrictNorFlash(geometry);
        flash.Program(0, s_zeros, 0, 64);
        flash.Power.PlanCut(new PowerCut(0, shape, seed));
        Assert.ThrowsExactly<PowerCutException>(() => flash.EraseSector(0));
        flash.Power.TurnOn();
        return flash;
    }
}
