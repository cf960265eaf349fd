using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Overlays;
using Twinbank.Core.Slots;
using Twinbank.Core.Tests.Rig;
using Twinbank.Images;
using Twinbank.Images.Updates;

namespace Twinbank.Core.Tests.Install;

[TestClass]
public sealed class OverlayTests
{
    // Images 1.0 to 1.3: each differs from the one before in a few bytes of two blocks.
    static readonly TargetImage[] s_images = [.. Enumerable.Range(0, 4).Select(Build)];

    static TargetImage Build(int minor)
    {
        byte[] payload = TestDevice.Payload(30_000, 1);
        for (int change = 1; change <= minor; change++)
        {
            payload[9_000 + change] ^= 0x5A;
            payload[(7 * change) + 20_000] ^= 0xA5;
        }

        return TestDevice.Image(payload, minor);
    }

    static TestDevice Provisioned(uint composeBytes = 256 * 1024)
    {
        var device = new TestDevice(composeBytes);
        device.Provision(FullContainer.Write(s_images[0]));
        return device;
    }

    static byte[] Delta(int from, int to) => DeltaContainer.Write(s_images[from], s_images[to], Codecs.Default);

    static Status Overlay(TestDevice device, byte[] container)
    {
        Status status = device.Installer.Begin(insist: false, isOverlay: true);
        return status == Status.Ok ? device.Feed(container) : status;
    }

    static void Confirm(TestDevice device, SlotId slot, ushort generation)
    {
        Assert.AreEqual(Status.Ok, device.Control.RequestTrial(slot, generation, insist: false));
        Assert.AreEqual(Status.Ok, device.Control.Confirm());
    }

    static void AssertHolds(TestDevice device, SlotId slot, ushort generation, TargetImage image)
    {
        StoredImage reader = device.Storage.CreateReader();
        Assert.AreEqual(Status.Ok, device.Storage.Verify(slot, generation, reader));
        CollectionAssert.AreEqual(image.ManifestDigest, reader.ManifestDigest);
        Assert.IsEmpty(device.Flash.Violations);
    }

    [TestMethod]
    public void Appends_overlay_on_overlay_on_overlay_without_an_erase()
    {
        TestDevice device = Provisioned();
        long erases = device.Flash.Counters.EraseCalls;
        for (ushort generation = 1; generation <= 3; generation++)
        {
            byte[] container = Delta(generation - 1, generation);
            long programmed = device.Flash.Counters.ProgrammedBytes;
            Assert.AreEqual(Status.Ok, Overlay(device, container));
            programmed = device.Flash.Counters.ProgrammedBytes - programmed;
            Assert.IsLessThanOrEqualTo((long)(1.1 * container.Length) + 8, programmed);
            Confirm(device, SlotId.A, generation);
        }

        Assert.AreEqual(erases, device.Flash.Counters.EraseCalls);
        for (ushort generation = 0; generation <= 3; generation++)
        {
            AssertHolds(device, SlotId.A, generation, s_images[generation]);
        }
    }

    [TestMethod]
    public void Returns_to_any_generation_with_one_record()
    {
        TestDevice device = Provisioned();
        for (ushort generation = 1; generation <= 2; generation++)
        {
            Assert.AreEqual(Status.Ok, Overlay(device, Delta(generation - 1, generation)));
            Confirm(device, SlotId.A, generation);
        }

        uint sequence = device.Storage.Journal.Current.Sequence;
        Assert.AreEqual(Status.Ok, device.Control.ResetTo(SlotId.A, 0));
        Assert.AreEqual(sequence + 1, device.Storage.Journal.Current.Sequence);
        Assert.AreEqual(0, device.Storage.Journal.Current.ActiveGeneration);
        Assert.AreEqual(Status.WrongState, device.Control.ResetTo(SlotId.A, 0));
        Assert.AreEqual(Status.NotFound, device.Control.ResetTo(SlotId.A, 3));

        // The next overlay is made from generation 0, beside the ones that were left.
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 3)));
        AssertHolds(device, SlotId.A, 3, s_images[3]);
    }

    [TestMethod]
    public void Does_not_return_to_a_generation_that_failed_its_trial()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 1)));
        Assert.AreEqual(Status.Ok, device.Control.RequestTrial(SlotId.A, 1, insist: false));
        Assert.AreEqual(Status.Ok, device.Control.EndTrial(FailureReason.Fault, 0));
        var reverted = new JournalRecord();
        JournalRecord current = device.Storage.Journal.Current;
        Assert.AreEqual(Status.Ok, JournalTransitions.Reverted(current, FailureReason.Fault, Status.Ok, 0, reverted));
        Assert.AreEqual(Status.Ok, device.Storage.Journal.Append(reverted));

        Assert.AreEqual(Status.FailedBefore, device.Control.ResetTo(SlotId.A, 1));
        Assert.AreEqual(0, device.Storage.Journal.Current.ActiveGeneration);
    }

    [TestMethod]
    public void Compacts_into_the_other_slot_and_takes_deltas_from_there()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 1)));
        Confirm(device, SlotId.A, 1);

        int calls = 0;
        while (device.Installer.Phase != InstallPhase.Complete || calls == 0)
        {
            Assert.AreEqual(Status.Ok, device.Installer.Compact());
            calls++;
        }

        Assert.IsGreaterThan(2, calls, "the link is answered between blocks");
        Assert.AreEqual(Status.Ok, device.Installer.Compact(), "asking again changes nothing");
        AssertHolds(device, SlotId.B, 0, s_images[1]);
        Confirm(device, SlotId.B, 0);
        AssertHolds(device, SlotId.A, 1, s_images[1]);
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(1, 2)));
        AssertHolds(device, SlotId.B, 1, s_images[2]);
    }

    [TestMethod]
    public void Syncs_blocks_into_the_other_slot_from_a_composed_base_and_over_stale_overlays()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 1)));
        Confirm(device, SlotId.A, 1);
        Assert.AreEqual(Status.Ok, device.Install(Delta(1, 2)));
        AssertHolds(device, SlotId.B, 0, s_images[2]);
        Confirm(device, SlotId.B, 0);

        Assert.AreEqual(Status.Ok, device.Install(Delta(2, 3)));
        AssertHolds(device, SlotId.A, 0, s_images[3]);
        Assert.AreEqual(0, device.Storage.NewestGeneration(device.Storage.SlotA));
        Confirm(device, SlotId.A, 0);
    }

    [TestMethod]
    public void Stays_in_its_slot_when_another_one_is_looked_at_on_the_way()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(Status.Ok, device.Install(FullContainer.Write(s_images[1])));
        byte[] container = Delta(0, 2);
        Assert.AreEqual(Status.Ok, device.Installer.Begin(insist: false, isOverlay: true));
        for (int at = 0; at < container.Length; at += 8)
        {
            int count = Math.Min(8, container.Length - at);
            Assert.AreEqual(Status.Ok, device.Installer.Accept(container, at, count));
            Assert.AreEqual(0, device.Storage.NewestGeneration(device.Storage.SlotB), $"after byte {at}");
            Assert.AreEqual(0u, device.Storage.OpenOverlays(device.Storage.SlotB)!.EndPosition, $"after byte {at}");
        }

        AssertHolds(device, SlotId.A, 1, s_images[2]);
        Assert.AreEqual(
            Status.Ok,
            device.Storage.OpenOverlays(device.Storage.SlotB)!.CheckErased(
                0, device.Storage.OpenOverlays(device.Storage.SlotB)!.TotalBytes));
    }

    [TestMethod]
    public void Refuses_an_overlay_without_a_place_and_changes_nothing()
    {
        TestDevice none = Provisioned(composeBytes: 0);
        Refuses(none, Delta(0, 1), Status.NotSupported);
        TestDevice small = Provisioned(composeBytes: 2 * 8_000);
        Refuses(small, Delta(0, 1), Status.NoSpace);
        TestDevice device = Provisioned();
        Refuses(device, FullContainer.Write(s_images[1]), Status.WrongKind);
        Refuses(device, Delta(1, 2), Status.WrongBase);
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 1)));
        Assert.AreEqual(Status.Ok, device.Control.RequestTrial(SlotId.A, 1, insist: false));
        Refuses(device, Delta(0, 2), Status.WrongState);
    }

    [TestMethod]
    public void Refuses_a_log_that_is_full_or_not_erased()
    {
        TestDevice device = Provisioned();
        byte[] container = Delta(0, 1);
        OverlayLog log = device.Storage.OpenOverlays(device.Storage.SlotA)!;
        Status status = Status.Ok;
        for (int i = 0; i < OverlayHead.GenerationMax + 1 && status == Status.Ok; i++)
        {
            status = Overlay(device, container);
        }

        Assert.AreEqual(Status.NoSpace, status);
        Assert.IsLessThan(log.RecordBytes((uint)container.Length), log.TotalBytes - log.EndPosition);

        TestDevice dirty = Provisioned();
        byte[] zeros = new byte[4];
        Assert.AreEqual(
            Status.Ok, dirty.Storage.OpenOverlays(dirty.Storage.SlotA)!.Program(256, zeros, 0, zeros.Length));
        Refuses(dirty, container, Status.NotErased);
    }

    [TestMethod]
    public void Takes_no_overlay_in_a_slot_whose_erase_may_have_been_cut()
    {
        TestDevice device = Provisioned();
        byte[] container = FullContainer.Write(s_images[1]);
        Assert.AreEqual(Status.Ok, device.Installer.Begin(false));
        Assert.AreEqual(Status.Ok, device.Installer.Accept(container, 0, 20_000));
        var afterReset = new Installer(device.Storage, Codecs.NewDecoders());
        Assert.AreEqual(Status.Ok, afterReset.Begin(false));
        while (afterReset.Phase != InstallPhase.Complete)
        {
            int at = (int)afterReset.NextOffset;
            Assert.AreEqual(Status.Ok, afterReset.Accept(container, at, container.Length - at));
        }

        Confirm(device, SlotId.B, 0);
        Assert.AreEqual(0u, device.Storage.OpenOverlays(device.Storage.SlotB)!.TotalBytes);
        Refuses(device, Delta(1, 2), Status.NotSupported);

        // A second install that is not cut brings it back.
        Assert.AreEqual(Status.Ok, device.Install(Delta(1, 2)));
        Confirm(device, SlotId.A, 0);
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(2, 3)));
    }

    [TestMethod]
    public void Every_changed_byte_of_an_overlay_is_refused_and_the_confirmed_generation_still_verifies()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 1)));
        Confirm(device, SlotId.A, 1);
        uint start = device.Storage.OpenOverlays(device.Storage.SlotA)!.EndPosition;
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(1, 2)));
        OverlayLog log = device.Storage.OpenOverlays(device.Storage.SlotA)!;
        uint used = log.StepBytes + log.ContainerBytesOf(2);
        var snapshot = device.Flash.Snapshot();
        StoredImage reader = device.Storage.CreateReader();
        for (uint at = 0; at < used; at++)
        {
            device.Flash.Restore(snapshot);
            device.Flash.FlipBit(AddressOf(device, start + at), (int)(at % 8));
            Status verdict = device.Storage.Verify(SlotId.A, 2, reader);
            Assert.AreEqual(Status.Ok, device.Storage.Verify(SlotId.A, 1, reader), $"byte {at}");
            Assert.AreNotEqual(Status.Ok, verdict, $"byte {at} of the overlay");
        }
    }

    [TestMethod]
    public void An_overlay_torn_at_any_byte_is_no_generation_and_the_next_one_goes_behind_it()
    {
        TestDevice device = Provisioned();
        Assert.AreEqual(Status.Ok, Overlay(device, Delta(0, 1)));
        Confirm(device, SlotId.A, 1);
        uint start = device.Storage.OpenOverlays(device.Storage.SlotA)!.EndPosition;
        var before = device.Flash.Snapshot();
        byte[] container = Delta(1, 2);
        Assert.AreEqual(Status.Ok, Overlay(device, container));
        uint[] order = [.. OrderOfProgramming(device, start, (uint)container.Length)];
        byte[] whole = [.. order.Select(address => device.Flash.Contents[(int)address])];
        StoredImage reader = device.Storage.CreateReader();
        for (int torn = 0; torn < order.Length; torn++)
        {
            device.Flash.Restore(before);
            for (int at = 0; at < torn; at++)
            {
                device.Flash.Preload(order[at], [whole[at]]);
            }

            Assert.AreEqual(Status.NotFound, device.Storage.Verify(SlotId.A, 2, reader), $"{torn} bytes");
            Assert.AreEqual(Status.Ok, device.Storage.Verify(SlotId.A, 1, reader), $"{torn} bytes");
            if (torn % 16 == 1)
            {
                Assert.AreEqual(Status.Ok, Overlay(device, container), $"{torn} bytes");
                AssertHolds(device, SlotId.A, 2, s_images[2]);
                Assert.IsGreaterThan(start, device.Storage.OpenOverlays(device.Storage.SlotA)!.EndPosition);
            }
        }
    }

    [TestMethod]
    public void Writes_the_golden_head_of_the_specification()
    {
        // Laid out by hand from specs/overlay.md section 1.
        byte[] open = Convert.FromHexString(
            "5457424F" + "0200" + "0100" + "84030000" + string.Concat(Enumerable.Repeat("AB", 16)));
        byte[] commit = Convert.FromHexString(
            "54574243" + "EFBEADDE" + string.Concat(Enumerable.Repeat("CD", 16)) + "00000000");
        byte[] golden = [.. open, .. BitConverter.GetBytes(BitwiseCrc32C(open)), .. commit];
        golden = [.. golden, .. BitConverter.GetBytes(BitwiseCrc32C(golden))];
        var head = new OverlayHead();
        head.Open(2, 1, 900, [.. Enumerable.Repeat((byte)0xAB, 32)]);
        head.Commit(0xDEADBEEF, [.. Enumerable.Repeat((byte)0xCD, 32)]);
        CollectionAssert.AreEqual(golden, head.Buffer);
        Assert.IsTrue(head.IsOpen && head.IsCommitted);
    }

    [TestMethod]
    public void The_numbers_stand_in_the_specifications()
    {
        string overlay = File.ReadAllText(Testing.RepositoryRoot.Combine("device-agent/specs/overlay.md"));
        Assert.Contains($"0x{OverlayHead.OpenMagic:X8}", overlay);
        Assert.Contains($"0x{OverlayHead.CommitMagic:X8}", overlay);
        Assert.Contains($"1 to {OverlayHead.GenerationMax}, ", overlay);
        Assert.Contains($"max({OverlayHead.HalfBytes}, program unit)", overlay);
        string image = File.ReadAllText(Testing.RepositoryRoot.Combine("device-agent/specs/image.md"));
        Assert.Contains($"0x{SlotSeal.Magic:X8}", image);
        Assert.Contains($"max({SlotSeal.SizeBytes}, program unit)", image);
    }

    static uint BitwiseCrc32C(byte[] data)
    {
        uint crc = 0xFFFFFFFF;
        foreach (byte value in data)
        {
            crc ^= value;
            for (int bit = 0; bit < 8; bit++)
            {
                crc = (crc >> 1) ^ ((crc & 1) * 0x82F63B78);
            }
        }

        return ~crc;
    }

    // First half of the head, container, second half (specs/overlay.md section 1).
    static IEnumerable<uint> OrderOfProgramming(TestDevice device, uint start, uint containerBytes)
    {
        for (uint at = 0; at < OverlayHead.HalfBytes; at++)
        {
            yield return AddressOf(device, start + at);
        }

        for (uint at = 0; at < containerBytes; at++)
        {
            yield return AddressOf(device, start + (2 * OverlayHead.HalfBytes) + at);
        }

        for (uint at = 0; at < OverlayHead.HalfBytes; at++)
        {
            yield return AddressOf(device, start + OverlayHead.HalfBytes + at);
        }
    }

    static uint AddressOf(TestDevice device, uint position)
    {
        // The buffer area of each block starts behind its data, rounded up to 64.
        uint blockBytes = s_images[0].Manifest.BlockBytes;
        for (int block = 0; ; block++)
        {
            uint area = (s_images[0].Manifest.BlockDataBytes(block) + 63) / 64 * 64;
            if (position < blockBytes - area)
            {
                return device.Storage.SlotA.BlockAreaAddress + ((uint)block * blockBytes) + area + position;
            }

            position -= blockBytes - area;
        }
    }

    static void Refuses(TestDevice device, byte[] container, Status expected)
    {
        long operations = device.Flash.Counters.EraseCalls + device.Flash.Counters.ProgrammedBytes;
        Assert.AreEqual(expected, Overlay(device, container));
        Assert.AreEqual(operations, device.Flash.Counters.EraseCalls + device.Flash.Counters.ProgrammedBytes);
    }
}
