using Twinbank.Core;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

[TestClass]
public sealed class TwinbankGroupTests
{
    private readonly AgentBench _bench = new();

    private Dictionary<string, object?> Info()
        => _bench.Ask(SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankInfo);

    private Dictionary<string, object?> Request(byte command, string? to = null)
        => _bench.Ask(
            SmpOperation.Write, SmpGroup.Twinbank, command,
            map =>
            {
                if (to is not null)
                {
                    map.WriteTextString("to");
                    map.WriteTextString(to);
                }
            });

    private void StartTrial()
    {
        UploadClient.Send(_bench, AgentBench.ContainerOf(AgentBench.Build(2)));
        Assert.AreEqual(Status.Ok, _bench.Control.RequestTrial(SlotId.B, 0, false));
        _bench.Run.RunningSlot = SlotId.B;
    }

    [TestMethod]
    public void Tells_identity_geometry_and_state()
    {
        Dictionary<string, object?> info = Info();
        Assert.AreEqual("sim-nor.1k-u4", info["board"]);
        Assert.AreEqual((1u, 5u, 3u), (info.Number("revision"), info.Number("translation"), info.Number("framings")));
        Dictionary<string, object?> geometry = info.Map("geometry");
        Assert.AreEqual(
            (3u, 0x10000u, 0x1000u, 0x400u, 0x1000u, 4u),
            (geometry.Number("slots"), geometry.Number("slot"), geometry.Number("header"), geometry.Number("sector"),
                geometry.Number("block"), geometry.Number("unit")));
        Assert.AreEqual((0u, 1u, 0u), (info.Number("running"), info.Number("state"), info.Number("active")));
        Assert.IsFalse(info.ContainsKey("previous"));
        Assert.IsFalse(info.ContainsKey("failure"));
    }

    [TestMethod]
    public void Leaves_out_what_runs_in_recovery()
    {
        _bench.Run.RunningSlot = SlotId.None;
        Assert.IsFalse(Info().ContainsKey("running"));
    }

    [TestMethod]
    public void Tells_everything_about_a_trial_and_a_failure_within_its_buffer()
    {
        StartTrial();
        var record = new JournalRecord();
        record.CopyFrom(_bench.Journal);
        record.FailureReason = FailureReason.Fault;
        record.FailureStatus = Status.BadDigest;
        record.FailedSlot = SlotId.B;
        record.FailureAddress = uint.MaxValue;
        record.FailureDetail = uint.MaxValue;
        record.FaultAddress = uint.MaxValue;
        record.AttemptCount = uint.MaxValue;
        record.RevertCount = uint.MaxValue;
        record.InstallCount = uint.MaxValue;
        record.SecurityFloor = uint.MaxValue;
        record.ProbationSeconds = uint.MaxValue;
        record.ActiveGeneration = ushort.MaxValue;
        Assert.AreEqual(Status.Ok, _bench.Storage.Journal.Append(record));
        Dictionary<string, object?> info = Info();
        Assert.AreEqual((2u, 1u, 0u), (info.Number("state"), info.Number("active"), info.Number("previous")));
        Assert.AreEqual(3u, info.Number("bootsLeft"));
        Dictionary<string, object?> failure = info.Map("failure");
        Assert.AreEqual(
            ((uint)FailureReason.Fault, (uint)Status.BadDigest, uint.MaxValue),
            (failure.Number("reason"), failure.Number("status"), failure.Number("pc")));
        Assert.AreEqual(4u, info.Map("upload").Number("phase"));
    }

    [TestMethod]
    public void Confirms_the_running_trial()
    {
        StartTrial();
        Assert.IsEmpty(Request(SmpGroup.TwinbankConfirm));
        Assert.AreEqual((JournalState.Confirmed, SlotId.B), (_bench.Journal.State, _bench.Journal.ActiveSlot));
        Assert.IsFalse(_bench.Service.ResetRequested);
    }

    [TestMethod]
    public void Reverts_a_trial_and_asks_for_the_reset()
    {
        Assert.AreEqual((uint)SmpResult.BadState, Request(SmpGroup.TwinbankRevert).Number("rc"));
        Assert.IsFalse(_bench.Service.ResetRequested);
        StartTrial();
        Assert.IsEmpty(Request(SmpGroup.TwinbankRevert));
        Assert.IsTrue(_bench.Service.ResetRequested);
        Assert.AreEqual((byte)0, _bench.Journal.TrialBootsLeft);
        Assert.AreEqual(FailureReason.Requested, _bench.Journal.FailureReason);
    }

    [TestMethod]
    [DataRow("current", null, SlotId.A)]
    [DataRow("golden", null, SlotId.Golden)]
    [DataRow("previous", SmpResult.NoEntry, SlotId.A)]
    [DataRow("newest", SmpResult.InvalidValue, SlotId.A)]
    [DataRow(null, SmpResult.InvalidValue, SlotId.A)]
    public void Resets_to_another_image(string? target, SmpResult? refusal, SlotId active)
    {
        Dictionary<string, object?> answer = Request(SmpGroup.TwinbankResetTo, target);
        Assert.AreEqual(refusal is null, answer.Count == 0);
        if (refusal is { } result)
        {
            Assert.AreEqual((uint)result, answer.Number("rc"));
        }

        Assert.AreEqual(refusal is null, _bench.Service.ResetRequested);
        Assert.AreEqual(active, _bench.Journal.ActiveSlot);
    }

    [TestMethod]
    public void Returns_to_the_previous_image_after_a_confirmed_update()
    {
        StartTrial();
        Request(SmpGroup.TwinbankConfirm);
        Assert.IsEmpty(Request(SmpGroup.TwinbankResetTo, "previous"));
        Assert.AreEqual((SlotId.A, SlotId.B), (_bench.Journal.ActiveSlot, _bench.Journal.PreviousSlot));
    }

    [TestMethod]
    public void Pages_through_the_journal_as_its_own_records()
    {
        StartTrial();
        Request(SmpGroup.TwinbankConfirm);
        var sequences = new List<uint>();
        uint? age = 0;
        while (age is { } from)
        {
            Dictionary<string, object?> page = _bench.Ask(
                SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankLog,
                map =>
                {
                    map.WriteTextString("age");
                    map.WriteUInt32(from);
                });
            foreach (Dictionary<string, object?> entry in page.List("records").Cast<Dictionary<string, object?>>())
            {
                var record = new JournalRecord();
                Assert.AreEqual(Status.Ok, record.Read(Convert.FromHexString((string)entry["record"]!), 0));
                sequences.Add(record.Sequence);
            }

            age = page.TryGetValue("next", out object? next) ? (uint)next! : null;
        }

        CollectionAssert.AreEqual(new uint[] { 4, 3, 2, 1 }, sequences);
    }

    [TestMethod]
    public void Gives_an_empty_page_for_any_age_beyond_the_oldest()
    {
        foreach (uint age in new[] { 5u, 15u, 16u, 1000u, uint.MaxValue })
        {
            Dictionary<string, object?> page = _bench.Ask(
                SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankLog,
                map =>
                {
                    map.WriteTextString("age");
                    map.WriteUInt32(age);
                });
            Assert.IsEmpty(page.List("records"));
        }
    }

    [TestMethod]
    public void Answers_not_supported_to_the_other_operation_and_to_unknown_commands()
    {
        foreach ((SmpOperation operation, byte command) in new[]
        {
            (SmpOperation.Write, SmpGroup.TwinbankInfo), (SmpOperation.Write, SmpGroup.TwinbankLog),
            (SmpOperation.Read, SmpGroup.TwinbankConfirm), (SmpOperation.Read, SmpGroup.TwinbankRevert),
            (SmpOperation.Read, SmpGroup.TwinbankResetTo), (SmpOperation.Read, (byte)77),
        })
        {
            Assert.AreEqual(
                (uint)SmpResult.NotSupported,
                _bench.Ask(operation, SmpGroup.Twinbank, command).Number("rc"), $"{operation} {command}");
        }

        Assert.IsFalse(_bench.Service.ResetRequested);
    }
}
