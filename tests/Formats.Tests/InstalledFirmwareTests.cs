using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

/// <summary>Real firmware of Debian packages, where they are installed.</summary>
[TestClass]
public sealed class InstalledFirmwareTests
{
    const string MicrobitHex = "/usr/share/firmware-microbit-micropython/firmware.hex";
    const string UbertoothFolder = "/usr/share/ubertooth/firmware";

    [TestMethod]
    public void Reads_MicroPython_for_the_microbit_as_srec_cat_does()
    {
        string path = ExternalTool.InstalledFile("firmware-microbit-micropython", MicrobitHex);
        MemoryImage image = PayloadReader.Read(path, Automatic);
        Assert.HasCount(2, image.Segments);
        Assert.AreEqual(0u, image.StartAddress);
        Assert.AreEqual(0x100010C0u, image.Segments[1].Address);
        Assert.AreEqual(0x0001CCD9u, image.EntryPoint);

        using var folder = new TemporaryFolder();
        ExternalTool.Run(
            folder.Path, "srecord", "srec_cat", path, "-Intel", "-crop", "0", "0x10000000", "-o", "out.bin", "-binary");
        CollectionAssert.AreEqual(folder.Read("out.bin"), image.Segments[0].Data);
    }

    [TestMethod]
    public void Strips_the_suffix_of_every_Ubertooth_file()
    {
        ExternalTool.InstalledFile("ubertooth-firmware", UbertoothFolder + "/bluetooth_rxtx.dfu");
        string[] files = Directory.GetFiles(UbertoothFolder, "*.dfu");
        foreach (string file in files)
        {
            MemoryImage image = PayloadReader.Read(file, new() { BaseAddress = 0x4000 });
            Assert.AreEqual(new DfuSuffix(0x1D50, 0x6003, 0, 0x0100), image.DfuSuffix, file);
            byte[] content = File.ReadAllBytes(file);
            CollectionAssert.AreEqual(content[..^16], image.Segments[0].Data, file);
            CollectionAssert.AreEqual(content[^16..], image.DfuSuffix!.ToBytes(image.Segments[0].Data), file);
        }
    }

    [TestMethod]
    public void Takes_the_Ubertooth_boot_loader_as_raw_bytes()
    {
        string path = ExternalTool.InstalledFile("ubertooth-firmware", UbertoothFolder + "/bootloader.bin");
        MemoryImage image = PayloadReader.Read(path, new() { BaseAddress = 0 });
        Assert.AreEqual(PayloadFormat.Raw, image.Format);
        CollectionAssert.AreEqual(File.ReadAllBytes(path), image.Segments[0].Data);
        Refuse(Errors.ErrorCode.BaseAddressMissing, () => PayloadReader.Read(path, Automatic));
    }

    [TestMethod]
    public void Every_hundredth_prefix_of_MicroPython_is_refused()
    {
        byte[] content = File.ReadAllBytes(ExternalTool.InstalledFile("firmware-microbit-micropython", MicrobitHex));
        for (int length = 1; length < content.Length - 1; length += content.Length / 100)
        {
            Assert.ThrowsExactly<Errors.FirmwareException>(() => Parse(content[..length]), $"{length} bytes");
        }
    }
}
