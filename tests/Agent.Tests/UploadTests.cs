using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;
using Twinbank.Images;
using Twinbank.Images.Containers;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace Twinbank.Agent.Tests;

[TestClass]
public sealed class UploadTests
{
    private readonly AgentBench _bench = new();
    private readonly TargetImage _second = AgentBench.Build(2);
    private readonly byte[] _data;

    public UploadTests() => _data = AgentBench.ContainerOf(_second);

    private Dictionary<string, object?> Upload(Action<CborWriter> arguments, byte version = 0)
        => _bench.Ask(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageUpload, arguments, version);

    [TestMethod]
    public void Takes_our_container_from_the_recorded_client()
    {
        Dictionary<string, object?> answer = UploadClient.Send(_bench, _data);
        Assert.AreEqual((uint)_data.Length, answer.Number("off"));
        Assert.IsTrue((bool)answer["match"]!);
        Assert.AreEqual(Status.Ok, _bench.Storage.Verify(SlotId.B, 0, _bench.Storage.CreateReader()));
    }

    [TestMethod]
    public void Answers_the_wanted_offset_to_chunks_out_of_turn_and_changes_nothing()
    {
        uint wanted = UploadClient.SendFirst(_bench, _data).Number("off");
        foreach (int offset in new[] { 1, 296, 298, 2000, _data.Length - 1 })
        {
            Assert.AreEqual(wanted, UploadClient.SendAt(_bench, _data, offset).Number("off"), $"offset {offset}");
        }

        Assert.AreEqual(wanted + 340, UploadClient.SendAt(_bench, _data, (int)wanted).Number("off"));
        Assert.AreEqual(wanted + 340, UploadClient.SendAt(_bench, _data, (int)wanted).Number("off"), "sent twice");
        Assert.AreEqual((uint)_data.Length, UploadClient.Send(_bench, _data).Number("off"));
    }

    [TestMethod]
    public void Resumes_when_the_same_upload_starts_again_and_starts_over_for_another()
    {
        UploadClient.Send(_bench, _data, untilOffset: 3000);
        uint wanted = UploadClient.SendFirst(_bench, _data).Number("off");
        Assert.IsGreaterThanOrEqualTo(3000u, wanted);
        byte[] other = AgentBench.ContainerOf(AgentBench.Build(3));
        Assert.AreEqual(297u, UploadClient.SendFirst(_bench, other).Number("off"));
    }

    [TestMethod]
    public void Jumps_over_blocks_that_the_slot_holds_after_a_restart()
    {
        UploadClient.Send(_bench, _data, untilOffset: _data.Length - 1000);
        var restarted = new Installer(_bench.Storage, []);
        var store = new DeviceImageStore(_bench.Storage, _bench.Control, restarted, _bench.Run);
        store.BeginUpload((uint)_data.Length, _data, 0, 0, false);
        Assert.AreEqual(Status.Ok, store.AcceptUpload(_data, 0, 1024));
        Assert.IsGreaterThan(6000u, store.UploadOffset);
    }

    [TestMethod]
    public void Sends_a_lost_client_to_the_start_and_asks_a_first_chunk_for_its_length()
    {
        Assert.AreEqual(0u, UploadClient.SendAt(_bench, _data, 640).Number("off"));
        Assert.AreEqual((uint)SmpResult.InvalidValue, UploadClient.SendAt(_bench, _data, 0).Number("rc"));
    }

    [TestMethod]
    public void Says_the_end_again_when_the_last_chunk_comes_twice()
    {
        UploadClient.Send(_bench, _data);
        Dictionary<string, object?> answer = UploadClient.SendAt(_bench, _data, _data.Length - 100);
        Assert.AreEqual((uint)_data.Length, answer.Number("off"));
        Assert.IsTrue((bool)answer["match"]!);
    }

    [TestMethod]
    public void Tolerates_a_null_digest_and_keys_it_does_not_know()
    {
        Dictionary<string, object?> answer = Upload(map =>
        {
            map.WriteTextString("off");
            map.WriteUInt32(0);
            map.WriteTextString("sha");
            map.WriteNull();
            map.WriteTextString("later");
            map.WriteStartArray(null);
            map.WriteDouble(1.5);
            map.WriteEndArray();
            map.WriteTextString("len");
            map.WriteUInt64((ulong)_data.Length);
            map.WriteTextString("data");
            map.WriteByteString(_data.AsSpan(0, 100));
        });
        Assert.AreEqual(100u, answer.Number("off"));
    }

    [TestMethod]
    [DataRow("sha", SmpResult.InvalidValue, DisplayName = "a digest of 20 bytes")]
    [DataRow("upgrade", SmpResult.NotSupported, DisplayName = "only newer images")]
    [DataRow("image", SmpResult.NoEntry, DisplayName = "another image number")]
    [DataRow("tiny", SmpResult.InvalidValue, DisplayName = "shorter than a header")]
    [DataRow("long", SmpResult.InvalidValue, DisplayName = "more data than the length says")]
    public void Refuses_first_chunks_that_promise_what_it_cannot_do(string what, SmpResult expected)
    {
        Dictionary<string, object?> answer = Upload(map =>
        {
            map.WriteTextString("off");
            map.WriteUInt32(0);
            map.WriteTextString("len");
            map.WriteUInt32(what == "tiny" ? 10u : what == "long" ? 80u : (uint)_data.Length);
            if (what == "sha")
            {
                map.WriteTextString("sha");
                map.WriteByteString(new byte[20]);
            }

            if (what == "upgrade")
            {
                map.WriteTextString("upgrade");
                map.WriteBoolean(true);
            }

            map.WriteTextString("image");
            map.WriteUInt32(what == "image" ? 1u : 0u);
            map.WriteTextString("data");
            map.WriteByteString(_data.AsSpan(0, what == "tiny" ? 10 : 100));
        });
        Assert.AreEqual((uint)expected, answer.Number("rc"));
    }

    [TestMethod]
    public void Ends_the_upload_at_an_error_and_keeps_the_reason()
    {
        byte[] damaged = [.. _data];
        damaged[90] ^= 1;
        Assert.AreEqual((uint)SmpResult.Corrupt, UploadClient.Send(_bench, damaged).Number("rc"));
        Assert.AreEqual(0u, UploadClient.SendAt(_bench, damaged, 640).Number("off"));
        Dictionary<string, object?> info = _bench.Ask(SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankInfo);
        Assert.AreEqual((uint)Status.BadChecksum, info.Map("upload").Number("status"));
    }

    [TestMethod]
    public void Takes_a_failed_image_again_only_when_the_client_insists()
    {
        UploadClient.Send(_bench, _data);
        _bench.Ask(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageState, map =>
        {
            map.WriteTextString("hash");
            map.WriteByteString(_second.ManifestDigest);
        });
        var record = new Core.Journal.JournalRecord();
        Core.Journal.JournalTransitions.Reverted(
            _bench.Journal, Core.Journal.FailureReason.Fault, Status.Ok, 0, record);
        _bench.Storage.Journal.Append(record);
        Assert.AreEqual((uint)SmpResult.BadState, UploadClient.Send(_bench, _data).Number("rc"));

        Dictionary<string, object?> first = Upload(map =>
        {
            map.WriteTextString("insist");
            map.WriteBoolean(true);
            map.WriteTextString("off");
            map.WriteUInt32(0);
            map.WriteTextString("len");
            map.WriteUInt32((uint)_data.Length);
            map.WriteTextString("data");
            map.WriteByteString(_data.AsSpan(0, 100));
        });
        uint offset = first.Number("off");
        while (offset < _data.Length)
        {
            offset = UploadClient.SendAt(_bench, _data, (int)offset).Number("off");
        }

        Assert.AreEqual(
            Status.Ok, _bench.Service.Store.RequestTrial(_second.ManifestDigest, 0, _second.ManifestDigest.Length));
    }

    [TestMethod]
    public void Insisting_on_one_overlay_does_not_admit_another_that_failed()
    {
        var bench = new AgentBench(composeBytes: 64 * 1024);
        TargetImage failed = AgentBench.Build(2, payloadVersion: 1);
        TargetImage other = AgentBench.Build(3, payloadVersion: 1);
        DeviceImageStore store = bench.Service.Store;
        Overlay(bench, failed, insist: false);
        Assert.AreEqual(Status.Ok, store.RequestTrial(failed.ManifestDigest, 0, failed.ManifestDigest.Length));
        var record = new Core.Journal.JournalRecord();
        Core.Journal.JournalTransitions.Reverted(
            bench.Journal, Core.Journal.FailureReason.Fault, Status.Ok, 0, record);
        bench.Storage.Journal.Append(record);

        Overlay(bench, other, insist: true);
        Assert.AreEqual(
            Status.FailedBefore, store.RequestTrial(failed.ManifestDigest, 0, failed.ManifestDigest.Length));
        Assert.AreEqual(Status.Ok, store.RequestTrial(other.ManifestDigest, 0, other.ManifestDigest.Length));
    }

    private static void Overlay(AgentBench bench, TargetImage image, bool insist)
    {
        CarriedBlock[] blocks = [.. Enumerable.Range(0, image.Blocks.Count).Select(CarriedBlock.Unchanged)];
        byte[] container = ContainerWriter.Write(image, blocks, bench.First.ManifestDigest);
        DeviceImageStore store = bench.Service.Store;
        Assert.AreEqual(Status.Ok, store.BeginOverlay((uint)container.Length, [], 0, 0, insist));
        Assert.AreEqual(Status.Ok, store.AcceptUpload(container, 0, container.Length));
        Assert.IsTrue(store.UploadMatches);
    }

    [TestMethod]
    public void Allocates_nothing_while_it_takes_an_upload()
    {
        var bench = new AgentBench(usesPlainFlash: true);
        byte[] stream = [.. Enumerable.Range(0, (_data.Length + 399) / 400)
            .Select(chunk => ChunkAt(bench, chunk * 400))
            .SelectMany(AgentBench.Frame)];
        bench.Service.Accept(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        foreach (byte value in stream)
        {
            bench.Service.Accept(value);
        }

        Assert.AreEqual(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.IsTrue(bench.Service.Store.UploadMatches);
    }

    private byte[] ChunkAt(AgentBench bench, int offset)
        => bench.BuildPacket(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageUpload, map =>
        {
            map.WriteTextString("off");
            map.WriteUInt32((uint)offset);
            map.WriteTextString("len");
            map.WriteUInt32((uint)_data.Length);
            map.WriteTextString("data");
            map.WriteByteString(_data.AsSpan(offset, Math.Min(400, _data.Length - offset)));
        });

    [TestMethod]
    public void Survives_every_changed_byte_of_a_first_chunk()
    {
        byte[] packet = _bench.BuildPacket(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageUpload, map =>
        {
            map.WriteTextString("off");
            map.WriteUInt32(0);
            map.WriteTextString("len");
            map.WriteUInt32((uint)_data.Length);
            map.WriteTextString("data");
            map.WriteByteString(_data.AsSpan(0, 80));
        });
        for (int i = 0; i < packet.Length; i++)
        {
            for (int bit = 0; bit < 8; bit++)
            {
                byte[] changed = [.. packet];
                changed[i] ^= (byte)(1 << bit);
                _bench.AskRaw(changed);
            }
        }

        Assert.AreEqual(SlotId.A, _bench.Journal.ActiveSlot);
        Assert.AreEqual((uint)_data.Length, UploadClient.Send(_bench, _data).Number("off"));
    }
}
