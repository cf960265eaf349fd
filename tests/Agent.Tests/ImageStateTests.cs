using System.Formats.Cbor;
using Twinbank.Core;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;
using Twinbank.Images;

namespace Twinbank.Agent.Tests;

[TestClass]
public sealed class ImageStateTests
{
    private readonly AgentBench _bench = new();

    private Dictionary<string, object?> Read() => _bench.Ask(SmpOperation.Read, SmpGroup.Image, SmpGroup.ImageState);

    private Dictionary<string, object?> Change(byte[]? hash, bool confirm, byte version = 0)
        => _bench.Ask(
            SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageState,
            map =>
            {
                map.WriteTextString("hash");
                if (hash is null)
                {
                    map.WriteNull();
                }
                else
                {
                    map.WriteByteString(hash);
                }

                map.WriteTextString("confirm");
                map.WriteBoolean(confirm);
            },
            version);

    private static string Flags(object? image)
    {
        var map = (Dictionary<string, object?>)image!;
        IEnumerable<string> set = new[] { "bootable", "pending", "confirmed", "active", "permanent" }
            .Where(flag => (bool)map[flag]!);
        return $"{map["slot"]} {map["version"]} {string.Join(' ', set)}";
    }

    private string[] Images() => [.. Read().List("images").Select(Flags)];

    private TargetImage Upload()
    {
        TargetImage second = AgentBench.Build(2);
        UploadClient.Send(_bench, AgentBench.ContainerOf(second));
        return second;
    }

    [TestMethod]
    public void Lists_what_the_slots_hold_with_version_and_manifest_digest()
    {
        Dictionary<string, object?> state = Read();
        CollectionAssert.AreEqual(
            new[] { "0 1.2.3.4 bootable confirmed active", "2 9.2.3.4 bootable" }, Images());
        Assert.AreEqual(0u, state.Number("splitStatus"));
        Assert.AreEqual(
            Convert.ToHexStringLower(_bench.First.ManifestDigest),
            ((Dictionary<string, object?>)state.List("images")[0]!)["hash"]);
    }

    [TestMethod]
    public void Tries_an_uploaded_image_and_says_the_same_when_asked_twice()
    {
        TargetImage second = Upload();
        Assert.Contains("1 2.2.3.4 bootable", Images());
        for (int time = 0; time < 2; time++)
        {
            Dictionary<string, object?> answer = Change(second.ManifestDigest, false);
            Assert.AreEqual("1 2.2.3.4 bootable pending", Flags(answer.List("images")[1]));
            Assert.AreEqual("0 1.2.3.4 bootable confirmed active", Flags(answer.List("images")[0]));
        }

        Assert.AreEqual((JournalState.Trial, SlotId.B), (_bench.Journal.State, _bench.Journal.ActiveSlot));
        Assert.AreEqual(1u, _bench.Journal.InstallCount);
    }

    [TestMethod]
    public void Confirms_a_running_trial_with_a_null_hash_and_with_its_own()
    {
        foreach (bool withHash in new[] { false, true })
        {
            var bench = new AgentBench();
            TargetImage second = AgentBench.Build(2);
            UploadClient.Send(bench, AgentBench.ContainerOf(second));
            bench.Control.RequestTrial(SlotId.B, 0, false);
            bench.Run.RunningSlot = SlotId.B;
            bench.Ask(
                SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageState,
                map =>
                {
                    if (withHash)
                    {
                        map.WriteTextString("hash");
                        map.WriteByteString(second.ManifestDigest);
                    }

                    map.WriteTextString("confirm");
                    map.WriteBoolean(true);
                });
            Assert.AreEqual((JournalState.Confirmed, SlotId.B), (bench.Journal.State, bench.Journal.ActiveSlot));
        }
    }

    [TestMethod]
    public void Confirming_while_a_trial_waits_confirms_what_runs_and_not_what_waits()
    {
        TargetImage second = Upload();
        Change(second.ManifestDigest, false);
        Assert.IsTrue(Change(null, true).ContainsKey("images"));
        Assert.AreEqual(JournalState.Trial, _bench.Journal.State);
    }

    [TestMethod]
    public void Never_confirms_an_image_unseen()
    {
        TargetImage second = Upload();
        Assert.AreEqual((uint)SmpResult.BadState, Change(second.ManifestDigest, true).Number("rc"));
        _bench.Run.RunningSlot = SlotId.None;
        Assert.AreEqual((uint)SmpResult.BadState, Change(null, true).Number("rc"));
        Assert.AreEqual(SlotId.A, _bench.Journal.ActiveSlot);
    }

    [TestMethod]
    public void Refuses_unknown_hashes_of_any_length_and_a_trial_without_one()
    {
        foreach (int length in new[] { 1, 20, 32, 48, 64 })
        {
            Assert.AreEqual((uint)SmpResult.NoEntry, Change(new byte[length], false).Number("rc"), $"{length} bytes");
        }

        Assert.AreEqual((uint)SmpResult.InvalidValue, Change(null, false).Number("rc"));
    }

    [TestMethod]
    public void Tells_version_1_clients_the_exact_status()
    {
        Dictionary<string, object?> error = Change(new byte[32], false, version: 1).Map("err");
        Assert.AreEqual((64u, (uint)Status.NotFound), (error.Number("group"), error.Number("rc")));
    }

    [TestMethod]
    public void Shows_a_half_uploaded_image_as_not_bootable()
    {
        byte[] container = AgentBench.ContainerOf(AgentBench.Build(2));
        UploadClient.Send(_bench, container, untilOffset: container.Length / 2);
        Assert.Contains("1 2.2.3.4 ", Images());
    }

    [TestMethod]
    public void Erases_only_what_nothing_needs()
    {
        TargetImage second = Upload();
        Assert.AreEqual((uint)SmpResult.BadState, Erase(0).Number("rc"));
        Assert.AreEqual((uint)SmpResult.BadState, Erase(2).Number("rc"));
        Assert.AreEqual((uint)SmpResult.NoEntry, Erase(3).Number("rc"));
        Change(second.ManifestDigest, false);
        Assert.AreEqual((uint)SmpResult.BadState, Erase(null).Number("rc"), "the way back");
        Assert.AreEqual((uint)SmpResult.BadState, Erase(1).Number("rc"), "waits for its trial");

        var bench = new AgentBench();
        UploadClient.Send(bench, AgentBench.ContainerOf(second));
        Assert.IsEmpty(bench.Ask(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageErase));
        Assert.AreEqual(SlotId.B, bench.Journal.InstallingSlot, "the journal knew before the first erase");
    }

    [TestMethod]
    public void Tells_the_slots_and_their_sizes()
    {
        Dictionary<string, object?> info = _bench.Ask(SmpOperation.Read, SmpGroup.Image, SmpGroup.ImageSlotInfo);
        var image = (Dictionary<string, object?>)info.List("images")[0]!;
        List<object?> slots = image.List("slots");
        Assert.HasCount(3, slots);
        Assert.AreEqual(_bench.Hardware.SlotA.SizeBytes, ((Dictionary<string, object?>)slots[0]!).Number("size"));
        Assert.IsTrue(((Dictionary<string, object?>)slots[1]!).ContainsKey("upload_image_id"));
        Assert.AreEqual(
            _bench.Hardware.SlotA.SizeBytes - _bench.Hardware.SlotHeaderBytes, image.Number("max_image_size"));
    }

    private Dictionary<string, object?> Erase(uint? slot)
        => _bench.Ask(
            SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageErase,
            map =>
            {
                if (slot is { } number)
                {
                    map.WriteTextString("slot");
                    map.WriteUInt32(number);
                }
            });
}
