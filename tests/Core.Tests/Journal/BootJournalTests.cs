using Twinbank.Boards;
using Twinbank.Core.Flash;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Simulation.Flash;

namespace Twinbank.Core.Tests.Journal;

[TestClass]
public sealed class BootJournalTests
{
    public static IEnumerable<(uint SectorBytes, uint UnitBytes, bool WriteOnce)> Geometries =>
    [
        (1024, 1, false), (4096, 4, false), (4096, 8, true), (4096, 32, true), (4096, 256, true), (16384, 512, true),
    ];

    static StrictNorFlash NewFlash(uint sectorBytes, uint unitBytes, bool writeOnce)
        => new(new NorGeometry("journal", unitBytes, writeOnce, new SectorGroup(sectorBytes, 4)));

    static BootJournal Mounted(FlashDevice flash)
    {
        var journal = new BootJournal(new FlashRegion(flash, 0, 2 * flash.SectorBytesAt(0)));
        Assert.AreEqual(Status.Ok, journal.Mount());
        return journal;
    }

    static JournalRecord Record(uint counter) => new()
    {
        State = JournalState.Confirmed, ActiveSlot = SlotId.B, Event = JournalEvent.Confirmed, SecurityFloor = counter,
    };

    [TestMethod]
    [DynamicData(nameof(Geometries))]
    public void Remembers_the_last_record_over_many_rounds_of_both_halves(
        uint sectorBytes, uint unitBytes, bool writeOnce)
    {
        StrictNorFlash flash = NewFlash(sectorBytes, unitBytes, writeOnce);
        BootJournal journal = Mounted(flash);
        for (uint counter = 1; counter < 200; counter++)
        {
            Assert.AreEqual(Status.Ok, journal.Append(Record(counter)));
            BootJournal again = Mounted(flash);
            Assert.IsTrue(again.HasRecord);
            Assert.AreEqual(counter, again.Current.SecurityFloor);
            Assert.AreEqual(counter, again.Current.Sequence);
        }

        Assert.IsEmpty(flash.Violations);
    }

    /// <summary>Found by the fuzz tests: with a number that wraps, the newest record became the oldest.</summary>
    [TestMethod]
    public void Ends_rather_than_start_its_numbers_again()
    {
        StrictNorFlash flash = NewFlash(1024, 4, false);
        byte[] place = new byte[JournalRecord.SizeBytes];
        JournalRecord last = Record(1);
        last.Sequence = JournalRecord.SequenceMax;
        last.Write(place, 0);
        flash.Preload(0, place);
        BootJournal journal = Mounted(flash);
        Assert.IsTrue(journal.HasRecord);
        Assert.AreEqual(Status.NoSpace, journal.Append(Record(2)));
        Assert.AreEqual(1u, Mounted(flash).Current.SecurityFloor);

        last.Sequence = JournalRecord.SequenceMax + 1;
        last.Write(place, 0);
        flash.Preload(0, place);
        Assert.IsFalse(Mounted(flash).HasRecord);
    }

    [TestMethod]
    public void Reads_its_history_newest_first_over_the_border_of_the_halves()
    {
        BootJournal journal = Mounted(NewFlash(1024, 4, false));
        for (uint counter = 1; counter <= 11; counter++)
        {
            Assert.AreEqual(Status.Ok, journal.Append(Record(counter)));
        }

        var record = new JournalRecord();
        for (int age = 0; age < 11; age++)
        {
            Assert.AreEqual(Status.Ok, journal.TryReadBack(age, record));
            Assert.AreEqual((uint)(11 - age), record.Sequence);
        }

        Assert.AreEqual(Status.NotFound, journal.TryReadBack(11, record));
    }

    [TestMethod]
    public void Starts_empty_on_erased_flash_and_on_noise()
    {
        StrictNorFlash flash = NewFlash(1024, 4, false);
        Assert.IsFalse(Mounted(flash).HasRecord);
        byte[] noise = new byte[2048];
        new Random(5).NextBytes(noise);
        Assert.AreEqual(Status.Ok, flash.Program(0, noise, 0, noise.Length));

        BootJournal journal = Mounted(flash);

        Assert.IsFalse(journal.HasRecord);
        Assert.AreEqual(Status.Ok, journal.Append(Record(1)));
        Assert.IsTrue(Mounted(flash).HasRecord);
    }

    [TestMethod]
    public void A_rebuilt_record_outlives_records_that_could_not_be_read_for_a_moment()
    {
        StrictNorFlash flash = NewFlash(1024, 4, false);
        BootJournal journal = Mounted(flash);
        for (uint counter = 1; counter <= 12; counter++)
        {
            Assert.AreEqual(Status.Ok, journal.Append(Record(counter)));
        }

        flash.Faults.AddReadError(0, 2048);
        BootJournal blind = Mounted(flash);
        Assert.IsFalse(blind.HasRecord);
        flash.Faults.Clear();
        Assert.AreEqual(Status.Ok, blind.Append(Record(77)));

        Assert.AreEqual(77u, Mounted(flash).Current.SecurityFloor);
        Assert.AreEqual(Status.Ok, blind.Append(Record(78)));
        Assert.AreEqual(78u, Mounted(flash).Current.SecurityFloor);
    }

    [TestMethod]
    public void Never_erases_the_half_that_holds_the_state_however_worn_the_other_is()
    {
        StrictNorFlash flash = NewFlash(1024, 4, false);
        BootJournal journal = Mounted(flash);
        for (uint counter = 1; counter <= 8; counter++)
        {
            Assert.AreEqual(Status.Ok, journal.Append(Record(counter)));
        }

        flash.Faults.SetSectorFault(1024, SectorFault.EraseFails);
        for (int i = 0; i < 5; i++)
        {
            Assert.AreNotEqual(Status.Ok, journal.Append(Record(99)));
            Assert.AreEqual(8u, Mounted(flash).Current.SecurityFloor);
        }
    }

    [TestMethod]
    public void Refuses_every_changed_byte_and_every_cut_of_a_record()
    {
        byte[] bytes = new byte[JournalRecord.SizeBytes];
        Record(7).Write(bytes, 0);
        LittleEndian.WriteU32(bytes, 4, 1);
        new JournalRecord { Sequence = 1, State = JournalState.Confirmed, Event = JournalEvent.Rebuilt }
            .Write(bytes, 0);
        var record = new JournalRecord();
        Assert.AreEqual(Status.Ok, record.Read(bytes, 0));
        for (int at = 0; at < bytes.Length; at++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                bytes[at] ^= (byte)(1 << bit);
                Assert.AreNotEqual(Status.Ok, record.Read(bytes, 0), $"byte {at} bit {bit}");
                bytes[at] ^= (byte)(1 << bit);
            }

            byte[] cut = [.. bytes[..at], .. Enumerable.Repeat((byte)0xFF, bytes.Length - at)];
            Assert.AreNotEqual(Status.Ok, record.Read(cut, 0), $"cut at {at}");
        }
    }

    [TestMethod]
    public void Writes_the_golden_record_of_the_specification()
    {
        // Laid out by hand from specs/journal.md section 2; the checksum is the bit-by-bit CRC-32C of the same bytes.
        string expected = "5457424A" + "02000000" + "01" + "02" + "01" + "00" + "0000" + "0000" + "02" + "03" + "FF" + "04"
            + "3C000000" + "05000000" + "00" + "00" + "FF" + "00" + "00000000" + "00000000" + "00000000"
            + "01000000" + "00000000" + "01000000" + new string('0', 32)
            + string.Concat(Enumerable.Repeat("AB", 16)) + string.Concat(Enumerable.Repeat("CD", 16)) + new string('0', 40);
        var record = new JournalRecord
        {
            Sequence = 2, State = JournalState.Trial, ActiveSlot = SlotId.B, PreviousSlot = SlotId.A,
            TrialBootsLeft = 2,
            TrialBootsGranted = 3, Event = JournalEvent.Attempt, ProbationSeconds = 60, SecurityFloor = 5,
            AttemptCount = 1, InstallCount = 1,
        };
        Array.Fill(record.ActiveDigest, (byte)0xAB);
        Array.Fill(record.PreviousDigest, (byte)0xCD);
        byte[] bytes = new byte[JournalRecord.SizeBytes];
        record.Write(bytes, 0);

        byte[] golden = Convert.FromHexString(expected);
        Assert.AreEqual(124, golden.Length);
        CollectionAssert.AreEqual(golden, bytes[..124]);
        Assert.AreEqual(BitwiseCrc32C(golden), BitConverter.ToUInt32(bytes, 124));
    }

    static uint BitwiseCrc32C(byte[] data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc & 1) != 0 ? (crc >> 1) ^ 0x82F63B78 : crc >> 1;
            }
        }

        return ~crc;
    }
}
