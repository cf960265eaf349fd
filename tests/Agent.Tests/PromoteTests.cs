using Twinbank.Core;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

/// <summary>Making golden the image that runs (specs/smp.md section 6.5).</summary>
[TestClass]
public sealed class PromoteTests
{
    private readonly AgentBench _bench = new();

    private Dictionary<string, object?> Promote(byte[]? digest)
        => _bench.Ask(
            SmpOperation.Write, SmpGroup.Twinbank, SmpGroup.TwinbankPromote,
            map =>
            {
                if (digest is not null)
                {
                    map.WriteTextString("hash");
                    map.WriteByteString(digest);
                }
            },
            version: 1);

    private int PromoteToTheEnd(byte[] digest)
    {
        int steps = 0;
        Dictionary<string, object?> answer;
        do
        {
            answer = Promote(digest);
            Assert.IsFalse(answer.ContainsKey("err"), $"step {steps}");
            steps++;
        }
        while (!(bool)answer["complete"]!);

        Assert.AreEqual(answer.Number("blocks"), answer.Number("done"));
        return steps;
    }

    private static Status Refusal(Dictionary<string, object?> answer) => (Status)answer.Map("err").Number("rc");

    [TestMethod]
    public void Copies_the_running_image_one_block_per_request()
    {
        int steps = PromoteToTheEnd(_bench.First.ManifestDigest);
        Assert.AreEqual(_bench.First.Blocks.Count + 2, steps, "beginning, blocks, end");
        StoredImage reader = _bench.Storage.CreateReader();
        Assert.AreEqual(Status.Ok, _bench.Storage.Verify(SlotId.Golden, 0, reader));
        CollectionAssert.AreEqual(_bench.First.ManifestDigest, reader.ManifestDigest);
        Assert.AreEqual(JournalEvent.Promoted, _bench.Journal.Event);
        Assert.AreEqual((SlotId.A, JournalState.Confirmed), (_bench.Journal.ActiveSlot, _bench.Journal.State));
        Assert.IsEmpty(_bench.Hardware.Parts[0].Violations);
    }

    [TestMethod]
    public void Writes_nothing_when_golden_holds_it_already()
    {
        PromoteToTheEnd(_bench.First.ManifestDigest);
        byte[] before = _bench.Hardware.Parts[0].Contents.ToArray();
        Assert.IsTrue((bool)Promote(_bench.First.ManifestDigest)["complete"]!);
        var again = new Core.Install.GoldenPromoter(_bench.Storage, _bench.Storage.CreateReader());
        Assert.AreEqual(Status.Ok, again.Step(SlotId.A, _bench.First.ManifestDigest, 0, isForced: true));
        Assert.IsTrue(again.IsComplete);
        CollectionAssert.AreEqual(before, _bench.Hardware.Parts[0].Contents.ToArray());
    }

    [TestMethod]
    public void Gives_up_a_previous_image_in_golden_before_it_is_overwritten()
    {
        var record = new JournalRecord();
        record.CopyFrom(_bench.Journal);
        record.PreviousSlot = SlotId.Golden;
        Assert.AreEqual(Status.Ok, _bench.Storage.Journal.Append(record));
        Promote(_bench.First.ManifestDigest);
        Assert.AreEqual(JournalEvent.PromotionStarted, _bench.Journal.Event);
        Assert.AreEqual(SlotId.None, _bench.Journal.PreviousSlot);
    }

    [TestMethod]
    public void Goes_on_where_a_reset_stopped_it()
    {
        Promote(_bench.First.ManifestDigest);
        Promote(_bench.First.ManifestDigest);
        int erases = _bench.Hardware.Parts[0].Counters.ErasesBySector.Sum();
        var next = new Core.Install.GoldenPromoter(_bench.Storage, _bench.Storage.CreateReader());
        while (!next.IsComplete)
        {
            Assert.AreEqual(Status.Ok, next.Step(SlotId.A, _bench.First.ManifestDigest, 0, isForced: true));
        }

        uint perBlock = _bench.First.Manifest.BlockBytes / 1024;
        int spent = _bench.Hardware.Parts[0].Counters.ErasesBySector.Sum() - erases;
        int expected = (int)(perBlock * (uint)(_bench.First.Blocks.Count - 1)) + 4;
        Assert.IsLessThanOrEqualTo(expected, spent, "one block is kept");
        Assert.AreEqual(Status.Ok, _bench.Storage.Verify(SlotId.Golden, 0, _bench.Storage.CreateReader()));
    }

    [TestMethod]
    public void Refuses_another_image_and_a_missing_or_short_digest()
    {
        Assert.AreEqual(Status.WrongBase, Refusal(Promote(new byte[32])));
        Assert.AreEqual(Status.BadField, Refusal(Promote(null)));
        Assert.AreEqual(Status.BadField, Refusal(Promote(new byte[31])));
        Assert.AreEqual(Status.Ok, _bench.Storage.Verify(SlotId.Golden, 0, _bench.Storage.CreateReader()));
    }

    [TestMethod]
    public void Refuses_during_a_trial_in_recovery_and_while_golden_runs()
    {
        _bench.Run.RunningSlot = SlotId.None;
        Assert.AreEqual(Status.WrongState, Refusal(Promote(_bench.First.ManifestDigest)));
        _bench.Run.RunningSlot = SlotId.Golden;
        Assert.AreEqual(Status.WrongState, Refusal(Promote(_bench.First.ManifestDigest)));
        _bench.Run.RunningSlot = SlotId.A;
        UploadClient.Send(_bench, AgentBench.ContainerOf(AgentBench.Build(2)));
        Assert.AreEqual(Status.Ok, _bench.Control.RequestTrial(SlotId.B, 0, false));
        Assert.AreEqual(Status.WrongState, Refusal(Promote(_bench.First.ManifestDigest)));
    }

    [TestMethod]
    public void Refuses_a_running_image_that_does_not_verify_any_more()
    {
        _bench.Hardware.Parts[0].FlipBit(_bench.Hardware.SlotA.StartAddress + _bench.Hardware.SlotHeaderBytes + 9, 1);
        Assert.AreEqual(Status.BadDigest, Refusal(Promote(_bench.First.ManifestDigest)));
        Assert.AreEqual(Status.Ok, _bench.Storage.Verify(SlotId.Golden, 0, _bench.Storage.CreateReader()));
    }
}
