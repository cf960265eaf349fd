using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Decide;
using Twinbank.Core.Flash;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Tests.Rig;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// A journal with any content mounts, is decided on, and takes the next record under the rules of flash.
/// </summary>
internal sealed class BootJournalTarget : FuzzTarget
{
    readonly TestDevice _device = new();
    readonly FlashRegion _region;

    public BootJournalTarget() => _region = new FlashRegion(
        _device.Flash, TestDevice.Board.Journal.StartAddress, TestDevice.Board.Journal.SizeBytes);

    public override IReadOnlyList<byte[]> Seeds()
    {
        var record = new JournalRecord();
        var seeds = new List<byte[]>();
        for (uint i = 0; i < 4; i++)
        {
            JournalTransitions.Rebuilt((SlotId)(i & 1), 0, new byte[32], securityCounter: i, record);
            Assert.AreEqual(Status.Ok, _device.Storage.Journal.Append(record));
            byte[] content = new byte[_region.SizeBytes];
            Assert.AreEqual(Status.Ok, _region.Read(0, content, 0, content.Length));
            seeds.Add(content);
        }

        return seeds;
    }

    /// <summary>Makes the checksum of every record right.</summary>
    public override void Repair(byte[] input, Random random)
    {
        const int Size = JournalRecord.SizeBytes;
        for (int at = 0; at + Size <= input.Length; at += Size)
        {
            if (LittleEndian.ReadU32(input, at) == JournalRecord.Magic)
            {
                LittleEndian.WriteU32(input, at + Size - 4, Crc32C.Compute(input, at, Size - 4));
            }
        }
    }

    public override void Run(byte[] input)
    {
        byte[] content = new byte[_region.SizeBytes];
        content.AsSpan().Fill(0xFF);
        input.AsSpan(0, Math.Min(input.Length, content.Length)).CopyTo(content);
        _device.Flash.Preload(_region.StartAddress, content);
        _device.Flash.ClearViolations();

        var journal = new BootJournal(_region);
        Status mounted = journal.Mount();
        var facts = new BootFacts();
        if (mounted == Status.Ok && journal.HasRecord)
        {
            facts.TakeRecord(journal.Current);
        }

        BootDecision.Decide(facts);
        uint sequence = journal.HasRecord ? journal.Current.Sequence : 0;
        var next = new JournalRecord();
        JournalTransitions.Rebuilt(SlotId.A, 0, new byte[32], securityCounter: 0, next);
        if (journal.Append(next) == Status.Ok)
        {
            Assert.AreEqual(Status.Ok, journal.Mount());
            Assert.AreEqual(unchecked(sequence + 1), journal.Current.Sequence, "The newest record must be the state.");
        }

        Assert.IsEmpty(_device.Flash.Violations);
    }
}
