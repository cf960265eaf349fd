using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Simulation.Links;
using Twinbank.Simulation.Power;

namespace Twinbank.Flashing.Tests.Devices;

[TestClass]
public sealed class UploadTests
{
    private static readonly UploadOptions s_small = new() { RequestBytesMax = 512 };

    [TestMethod]
    [DataRow(1, 256)]
    [DataRow(1, 4096)]
    [DataRow(4, 256)]
    [DataRow(8, 700)]
    public async Task Puts_every_byte_into_the_slot_at_any_request_size_and_window(int window, int requestBytes)
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        TestImage second = TestImage.Build(2);
        await session.UploadAsync(
            second.Full.Bytes, "app.fwi", new UploadOptions { WindowMax = window, RequestBytesMax = requestBytes });
        AssertSlotB(bench, second);
        DeviceUploadState state = (await session.ReadInfoAsync()).Upload!;
        Assert.AreEqual((InstallPhase.Complete, Status.Ok), (state.Phase, state.Status));
    }

    [TestMethod]
    [DataRow(true)]
    [DataRow(false)]
    public async Task Gets_through_a_link_that_loses_doubles_and_turns_bytes(bool usesCompactFraming)
    {
        using var bench = new FlashBench();
        var faults = new LineFaults { DropPerMillion = 150, FlipPerMillion = 150, DuplicatePerMillion = 150 };
        for (ulong seed = 1; seed <= 3; seed++)
        {
            await using DeviceSession session = await bench.OpenLossyAsync(faults, seed, usesCompactFraming);
            await session.ReadInfoAsync();
            TestImage image = TestImage.Build(2, seed: seed);
            await session.UploadAsync(image.Full.Bytes, "app.fwi", s_small);
            AssertSlotB(bench, image);
        }
    }

    [TestMethod]
    public async Task Goes_on_where_a_cancelled_upload_stopped_and_leaves_the_device_as_it_was()
    {
        using var bench = new FlashBench();
        TestImage second = TestImage.Build(2);
        await using (DeviceSession session = await bench.OpenAsync())
        {
            using var cancellation = new CancellationTokenSource();
            var stop = new StopAt(second.Full.Bytes.Length / 2, cancellation);
            await Assert.ThrowsAsync<OperationCanceledException>(() => session.UploadAsync(
                second.Full.Bytes, "app.fwi", s_small, stop, cancellation.Token));
            Assert.AreEqual(0, (await session.ReadInfoAsync()).ActiveSlot);
        }

        await using DeviceSession next = await bench.OpenAsync();
        var report = new LastReport();
        await next.UploadAsync(second.Full.Bytes, "app.fwi", s_small, report);
        Assert.IsGreaterThan(second.Full.Bytes.Length / 3, report.Last!.SkippedBytes);
        AssertSlotB(bench, second);
    }

    [TestMethod]
    public async Task Goes_on_by_itself_after_the_power_was_cut_on_the_way()
    {
        TestImage second = TestImage.Build(2);
        for (int operation = 1; operation < 60; operation += 9)
        {
            using var bench = new FlashBench();
            await using DeviceSession session = await bench.OpenAsync();
            await session.ReadInfoAsync();
            bench.Hardware.Power.PlanCut(new PowerCut { Operation = operation, Shape = CutShape.Before });
            await session.UploadAsync(second.Full.Bytes, "app.fwi", s_small);
            Assert.IsTrue(
                bench.Lives.Any(life => life.End == Simulation.Boards.LifeEnd.PowerLost), $"operation {operation}");
            AssertSlotB(bench, second);
        }
    }

    [TestMethod]
    public async Task Sends_nothing_but_the_tables_for_an_image_that_is_there()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        TestImage second = TestImage.Build(2);
        await session.UploadAsync(second.Full.Bytes, "app.fwi", s_small);
        int operations = bench.Hardware.Power.OperationCount;

        await session.ResetAsync();
        var report = new LastReport();
        await session.UploadAsync(second.Full.Bytes, "app.fwi", s_small, report);
        Assert.AreEqual(second.Full.Header.PayloadStart, (uint)report.Last!.SentBytes);
        Assert.AreEqual(operations, bench.Hardware.Power.OperationCount, "no wear");
    }

    [TestMethod]
    public async Task Sends_only_the_blocks_that_the_slot_lacks()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await session.UploadAsync(TestImage.Build(2).Full.Bytes, "app.fwi");
        var report = new LastReport();
        TestImage third = TestImage.Build(3);
        await session.UploadAsync(third.Full.Bytes, "app.fwi", s_small, report);
        AssertSlotB(bench, third);
        uint oneBlock = third.Target.Manifest.BlockDataBytes(0);
        Assert.IsLessThan(third.Full.Header.PayloadStart + (2 * oneBlock), report.Last!.SentBytes);
        Assert.AreEqual(report.Last.TotalBytes, report.Last.OffsetBytes);
    }

    [TestMethod]
    public async Task Is_refused_by_the_device_itself_with_the_reason()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();

        // Its first boot writes the journal.
        await session.ReadInfoAsync();
        int operations = bench.Hardware.Power.OperationCount;
        byte[] good = TestImage.Build(2).Full.Bytes.ToArray();
        byte[] otherBoard = TestImage.Build(
            2, change: r => r with { Board = r.Board with { Id = "other" } }).Full.Bytes.ToArray();
        byte[] otherKey = TestImage.Build(
            2, change: r => r with { Keys = [TestImage.OtherKey] }).Full.Bytes.ToArray();
        byte[] brokenTables = [.. good];
        brokenTables[200] ^= 1;
        byte[] wrongBase = TestImage.Build(3).Delta(TestImage.Build(2)).Bytes.ToArray();
        foreach ((byte[] data, ErrorCode code, Status status) in new[]
        {
            (otherBoard, ErrorCode.WrongBoard, Status.WrongBoard),
            (otherKey, ErrorCode.UnknownKey, Status.UnknownKey),
            (brokenTables, ErrorCode.BadChecksum, Status.BadChecksum),
            (wrongBase, ErrorCode.WrongBase, Status.WrongBase),
            (good[..^100], ErrorCode.BadLength, Status.BadLength),
            ([.. good, 0], ErrorCode.BadLength, Status.BadLength),
            (new byte[5000], ErrorCode.BadMagic, Status.BadMagic),
            (good[..20], ErrorCode.BadLength, Status.BadLength),
        })
        {
            FirmwareException error = await Refusals.FailsAsync(
                code, () => session.UploadAsync(data, "The image app.fwi"));
            Assert.StartsWith("The image app.fwi", error.Detail);
            Assert.AreEqual(status, (await session.ReadInfoAsync()).Upload!.Status, code.Name);
        }

        Assert.AreEqual(operations, bench.Hardware.Power.OperationCount, "nothing was erased or written");
    }

    [TestMethod]
    public async Task Is_refused_when_a_block_is_damaged_and_the_running_image_stays()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        byte[] damaged = TestImage.Build(2).Full.Bytes.ToArray();
        damaged[^5] ^= 0x10;
        await Refusals.FailsAsync(ErrorCode.BadChecksum, () => session.UploadAsync(damaged, "The image app.fwi"));
        IReadOnlyList<SlotImage> images = await session.ReadImagesAsync();
        Assert.IsFalse(images.Single(image => image.Slot == 1).IsBootable);
        await Refusals.FailsAsync(
            ErrorCode.BadDigest, () => session.TestAsync(images.Single(image => image.Slot == 1).Digest, "The trial"));
        await session.ResetAsync();
        Assert.AreEqual("1.0.0", (await session.ReadImagesAsync()).Single(image => image.IsActive).Version);
    }

    [TestMethod]
    public async Task Tells_when_another_program_holds_the_board()
    {
        using var bench = new FlashBench();
        await using DeviceSession first = await bench.OpenAsync();
        await first.ReadInfoAsync();
        await using DeviceSession second = await bench.OpenAsync();
        FirmwareException error = await Refusals.FailsAsync(ErrorCode.PortBusy, () => second.ReadInfoAsync());
        Assert.Contains("closes each connection at once", error.Message);
        await first.ReadInfoAsync();
    }

    [TestMethod]
    public async Task Reports_a_link_that_vanishes_and_leaves_the_device_as_it_was()
    {
        using var bench = new FlashBench();
        TestImage second = TestImage.Build(2);
        var cut = new LineFaults { DisconnectAfterBytes = second.Full.Bytes.Length / 2 };
        await using (var session = new DeviceSession(
            new LossyLink(await bench.Address.OpenAsync(), cut, LineFaults.None, seed: 1)))
        {
            await Refusals.FailsAsync(
                ErrorCode.LinkLost, () => session.UploadAsync(second.Full.Bytes, "app.fwi", s_small));
        }

        await using DeviceSession next = await bench.OpenAsync();
        Assert.AreEqual("1.0.0", (await next.ReadImagesAsync()).Single(image => image.IsActive).Version);
        await next.UploadAsync(second.Full.Bytes, "app.fwi", s_small);
        AssertSlotB(bench, second);
    }

    [TestMethod]
    public async Task Gives_up_on_a_device_that_never_gets_further()
    {
        (Links.ILink link, Smp.ScriptedDevice device) = Smp.ScriptedDevice.Create(request
            => request[5] == 0
                ? Smp.ScriptedDevice.AnswerTo(request, "a2686275665f73697a65190200" + "696275665f636f756e7404")
                : Smp.ScriptedDevice.AnswerTo(request, "a1636f66661864"));
        await using var session = new DeviceSession(link);
        FirmwareException error = await Refusals.FailsAsync(
            ErrorCode.UploadUnstable, () => session.UploadAsync(new byte[5000], "app.bin"));
        Assert.Contains("offset 100 of 5000", error.Message);
        Assert.IsGreaterThan(5, device.Requests.Count);
    }

    private static void AssertSlotB(FlashBench bench, TestImage image)
    {
        byte[] expected = FactoryContents(bench, image);
        byte[] found = new byte[expected.Length];
        bench.Hardware.SlotB.Read(0, found, 0, found.Length);
        int used = (int)bench.Hardware.SlotHeaderBytes + (int)image.Target.Manifest.BlockAreaBytes;
        // The seal is missing after an install that was cut, and only then.
        int seal = (int)bench.Hardware.SlotHeaderBytes
            - (int)Core.Slots.SlotSeal.PlaceBytes(bench.Hardware.SlotB.ProgramUnitBytes);
        CollectionAssert.AreEqual(expected[..seal], found[..seal]);
        int blocks = (int)bench.Hardware.SlotHeaderBytes;
        CollectionAssert.AreEqual(expected[blocks..used], found[blocks..used]);
    }

    private static byte[] FactoryContents(FlashBench bench, TestImage image)
        => Simulation.Boards.FactoryProgrammer.Lay(
            bench.Hardware.SlotB, bench.Hardware.SlotHeaderBytes, image.Target.ManifestBytes,
            image.Target.SignatureArea, image.Target.Blocks);

    private sealed class LastReport : IProgress<UploadProgress>
    {
        public UploadProgress? Last { get; private set; }

        public void Report(UploadProgress value) => Last = value;
    }

    private sealed class StopAt(long offset, CancellationTokenSource cancellation) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value)
        {
            if (value.OffsetBytes >= offset)
            {
                cancellation.Cancel();
            }
        }
    }
}
