using System.Formats.Cbor;
using System.Runtime.Versioning;
using Twinbank.Boot;
using Twinbank.Core.Journal;
using Twinbank.Core.Trust;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Flashing.Tests.Smp;
using Twinbank.Links;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Serving;

namespace Twinbank.Flashing.Tests.Devices;

[TestClass]
public sealed class DeviceSessionTests
{
    [TestMethod]
    public async Task Tells_what_the_device_is()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        Assert.AreEqual("ping", await session.EchoAsync("ping"));
        DeviceParameters parameters = await session.ReadParametersAsync();
        Assert.AreEqual((SmpAgent.RequestBytesMax, SmpAgent.RequestCount),
            (parameters.RequestBytesMax, parameters.RequestCount));

        DeviceInfo info = await session.ReadInfoAsync();
        Assert.AreEqual(TestImage.Board.Id, info.Board);
        Assert.AreEqual(1, info.HardwareRevision);
        Assert.AreEqual(Translation.Software, info.Translation);
        Assert.AreEqual(
            new DeviceGeometry(3, 0x10000, 0x1000, 0x400, 0x1000, 4), info.Geometry);
        Assert.AreEqual((JournalState.Confirmed, 0, 0, (int?)null),
            (info.State, info.ActiveSlot, info.RunningSlot, info.PreviousSlot));
        Assert.IsNull(info.Failure);
        Assert.IsTrue(info.OffersCompactFraming);
        Assert.AreEqual(1u, info.JournalSequence);
    }

    [TestMethod]
    [DataRow("sector", 0)]
    [DataRow("unit", 0)]
    [DataRow("unit", 0x401)]
    [DataRow("block", 0)]
    [DataRow("header", 0x10001)]
    public async Task Refuses_a_device_whose_slots_have_impossible_sizes(string key, int value)
    {
        var sizes = new Dictionary<string, int>
        {
            ["slots"] = 3, ["slot"] = 0x10000, ["header"] = 0x1000, ["sector"] = 0x400, ["block"] = 0x1000,
            ["unit"] = 4, [key] = value,
        };
        var writer = new CborWriter();
        writer.WriteStartMap(2);
        writer.WriteTextString("board");
        writer.WriteTextString("sim-nor");
        writer.WriteTextString("geometry");
        writer.WriteStartMap(sizes.Count);
        foreach ((string name, int bytes) in sizes)
        {
            writer.WriteTextString(name);
            writer.WriteInt32(bytes);
        }

        writer.WriteEndMap();
        writer.WriteEndMap();
        string answer = Convert.ToHexString(writer.Encode());
        (ILink link, ScriptedDevice device) = ScriptedDevice.Create(
            request => ScriptedDevice.AnswerTo(request, answer));
        await using var session = new DeviceSession(link);
        FirmwareException error = await Refusals.FailsAsync(
            ErrorCode.BadAnswer, () => session.ReadInfoAsync());
        Assert.Contains($"'{key}'", error.Message);
        await device.DisposeAsync();
    }

    [TestMethod]
    public async Task Lists_images_with_golden()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        IReadOnlyList<SlotImage> images = await session.ReadImagesAsync();
        CollectionAssert.AreEqual(
            new[] { ("A", "1.0.0", true, true), ("golden", "9.0.0", false, false) },
            images.Select(each => (each.SlotName, each.Version, each.IsActive, each.IsConfirmed)).ToArray());
        Assert.IsTrue(images.All(image => image.IsBootable));
        Assert.IsTrue(images[0].Is(bench.First.Target.ManifestDigest));
    }

    [TestMethod]
    public async Task Reverts_a_running_trial_on_request()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        TestImage second = TestImage.Build(2, ApplicationBehaviour.NeverConfirms);
        await FlashBench.FlashAsync(session, second.Full, new FlashOptions { StopsAfterReset = true });
        await UntilAsync(session, info => info.RunningSlot == 1);
        await session.RevertAsync();
        DeviceInfo info = await UntilAsync(session, info => info.State == JournalState.Confirmed);
        Assert.AreEqual(0, info.ActiveSlot);
        Assert.AreEqual(FailureReason.Requested, info.Failure!.Reason);
        Assert.Contains("a revert was asked for", info.Failure.Describe());
    }

    [TestMethod]
    public async Task Goes_back_to_the_previous_and_to_the_golden_image()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await FlashBench.FlashAsync(session, TestImage.Build(2).Full);
        await session.ResetToAsync(ResetTarget.Previous);
        await UntilAsync(session, info => info.RunningSlot == 0);
        await session.ResetToAsync(ResetTarget.Golden);
        await UntilAsync(session, info => info.RunningSlot == 2);
        await session.ResetToAsync(ResetTarget.Current);
        await UntilAsync(session, info => info.RunningSlot == 2);
    }

    [TestMethod]
    public async Task Refuses_what_the_state_does_not_allow()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await Refusals.FailsAsync(ErrorCode.WrongState, () => session.RevertAsync());
        await Refusals.FailsAsync(ErrorCode.NotFound, () => session.ResetToAsync(ResetTarget.Previous));
        await Refusals.FailsAsync(ErrorCode.WrongState, () => session.EraseAsync(0));
        await Refusals.FailsAsync(ErrorCode.WrongState, () => session.EraseAsync(2));
        await Refusals.FailsAsync(ErrorCode.NotFound, () => session.EraseAsync(7));
        await Refusals.FailsAsync(ErrorCode.NotFound, () => session.TestAsync(new byte[32], "The trial"));
        await session.ConfirmAsync();
        Assert.AreEqual(0, (await session.ReadInfoAsync()).RunningSlot);
    }

    [TestMethod]
    public async Task Erases_the_other_slot()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        await session.UploadAsync(TestImage.Build(2).Full.Bytes, "app.fwi");
        Assert.HasCount(3, await session.ReadImagesAsync());
        await session.EraseAsync();
        Assert.HasCount(2, await session.ReadImagesAsync());
        byte[] slot = new byte[bench.Hardware.SlotB.SizeBytes];
        bench.Hardware.SlotB.Read(0, slot, 0, slot.Length);
        Assert.IsTrue(slot.All(value => value == 0xFF));
    }

    [TestMethod]
    public async Task Pages_through_the_log_newest_first()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        for (int version = 2; version <= 5; version++)
        {
            await FlashBench.FlashAsync(session, TestImage.Build(version).Full);
        }

        IReadOnlyList<DeviceLogEntry> log = await session.ReadLogAsync();
        Assert.AreEqual(JournalEvent.Confirmed, log[0].Record.Event);
        CollectionAssert.AreEqual(
            log.Select(entry => entry.Record.Sequence).OrderDescending().ToArray(),
            log.Select(entry => entry.Record.Sequence).ToArray());
        Assert.IsGreaterThan(8, log.Count);
        Assert.HasCount(3, await session.ReadLogAsync(3));
    }

    [TestMethod]
    public async Task Shows_the_text_of_the_application_between_answers()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        var seen = new TaskCompletionSource();
        session.TextReceived += line =>
        {
            if (line == "[app] alive for 1 s")
            {
                seen.TrySetResult();
            }
        };
        while (!seen.Task.IsCompleted)
        {
            await session.ReadInfoAsync();
        }
    }

    [TestMethod]
    [OSCondition(OperatingSystems.Linux)]
    [SupportedOSPlatform("linux")]
    public async Task Flashes_over_a_serial_port_that_no_second_program_can_open()
    {
        using var bench = new FlashBench();
        using var terminal = PseudoTerminal.Start(bench.Line);
        LinkAddress address = LinkAddress.Parse(terminal.Path);
        await using DeviceSession session = await DeviceSession.OpenAsync(address);
        await Refusals.FailsAsync(ErrorCode.PortBusy, () => DeviceSession.OpenAsync(address));
        FlashOutcome outcome = await FlashBench.FlashAsync(session, TestImage.Build(2).Full);
        Assert.AreEqual(FlashEnd.Confirmed, outcome.End);
    }

    private static async Task<DeviceInfo> UntilAsync(DeviceSession session, Func<DeviceInfo, bool> condition)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (true)
        {
            DeviceInfo info = await session.ReadInfoAsync(null, timeout.Token);
            if (condition(info))
            {
                return info;
            }
        }
    }
}
