using Twinbank.Errors;
using Twinbank.Flashing.Backups;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Tests.Bench;
using Twinbank.Images;

namespace Twinbank.Flashing.Tests.Devices;

[TestClass]
public sealed class SlotReaderTests
{
    [TestMethod]
    [DataRow(0, 1)]
    [DataRow(2, 9)]
    public async Task Reads_the_image_of_a_slot_with_every_byte(int slot, int version)
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync();
        var steps = new List<UploadProgress>();
        TargetImage image = await new SlotReader(session, info.Geometry, slot).ReadImageAsync(new Steps(steps));
        TargetImage expected = slot == 0 ? bench.First.Target : TestImage.Build(version, payloadBytes: 3000).Target;
        CollectionAssert.AreEqual(expected.ManifestBytes, image.ManifestBytes);
        CollectionAssert.AreEqual(expected.SignatureArea, image.SignatureArea);
        CollectionAssert.AreEqual(expected.JoinPayload(), image.JoinPayload());
        Assert.AreEqual(expected.Manifest.PayloadBytes, steps[^1].OffsetBytes);
    }

    [TestMethod]
    public async Task Gives_no_tables_for_an_empty_slot_and_says_so_when_asked_for_its_image()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync();
        var reader = new SlotReader(session, info.Geometry, 1);
        Assert.IsNull(await reader.TryReadTablesAsync());
        FirmwareException error = await Refusals.FailsAsync(ErrorCode.BadMagic, () => reader.ReadImageAsync());
        Assert.Contains("Slot B", error.Message);
    }

    [TestMethod]
    public async Task Refuses_to_back_up_a_block_that_does_not_hold()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync();
        SlotImage golden = (await session.ReadImagesAsync()).Single(image => image.Slot == 2);
        bench.Hardware.Parts[0].FlipBit(TestImage.Board.Golden!.StartAddress + info.Geometry.HeaderBytes + 100, 3);
        FirmwareException error = await Refusals.FailsAsync(
            ErrorCode.BadDigest, () => SlotBackup.ReadAsync(session, info.Geometry, golden));
        Assert.Contains("The golden store: block 0", error.Message);
    }

    [TestMethod]
    public async Task Refuses_a_range_outside_the_slot()
    {
        using var bench = new FlashBench();
        await using DeviceSession session = await bench.OpenAsync();
        DeviceInfo info = await session.ReadInfoAsync();
        await Refusals.FailsAsync(
            ErrorCode.OutOfRange,
            () => new SlotReader(session, info.Geometry, 0).ReadAsync(info.Geometry.SlotBytes - 10, 11));
    }

    [TestMethod]
    [DataRow("current", null, 0)]
    [DataRow("GOLDEN", null, 0)]
    [DataRow("a", 0, 0)]
    [DataRow("B.12", 1, 12)]
    public void Understands_what_people_reset_to(string text, int? slot, int generation)
    {
        ResetTarget target = ResetTarget.Parse(text);
        Assert.AreEqual((slot, generation), (target.Slot, target.Generation));
    }

    [TestMethod]
    [DataRow("")]
    [DataRow("C")]
    [DataRow("A.")]
    [DataRow("A.-1")]
    [DataRow("A.65536")]
    [DataRow("A1")]
    public void Refuses_what_names_no_image(string text)
        => Refusals.Fails(ErrorCode.BadArgument, () => ResetTarget.Parse(text));

    private sealed class Steps(List<UploadProgress> list) : IProgress<UploadProgress>
    {
        public void Report(UploadProgress value) => list.Add(value);
    }
}
