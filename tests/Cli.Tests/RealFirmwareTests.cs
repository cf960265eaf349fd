using System.Globalization;
using System.Text.Json;
using Twinbank.Formats;
using Twinbank.Testing;

namespace Twinbank.Cli.Tests;

/// <summary>Firmware files that others made, and our own ELFs, through every image command and back.</summary>
[TestClass]
public sealed class RealFirmwareTests
{
    private const string Microbit = "/usr/share/firmware-microbit-micropython/firmware.hex";
    private const string Ubertooth = "/usr/share/ubertooth/firmware";
    private const string Once = "sim-nor.64k-u8-once";
    private static readonly string s_key = RepositoryRoot.Combine("tests/Vectors/keys/release-ed25519.pem");
    private static readonly string s_publicKey = RepositoryRoot.Combine("tests/Vectors/keys/release-ed25519.pub.pem");

    [TestMethod]
    [DataRow(Once)]
    [DataRow("sim-nor.16k-u4")]
    [DataRow("sim-nor.128k-u256")]
    public void Gives_MicroPython_for_the_microbit_back_byte_for_byte_with_its_far_words(string board)
    {
        Require(Microbit, "firmware-microbit-micropython");
        using var folder = new TemporaryFolder();
        JsonElement image = Carry(folder, Microbit, board);
        MemoryImage original = PayloadReader.Read(Microbit, new PayloadReadOptions());
        Assert.AreEqual(original.DataBytes, image.GetProperty("payloadBytes").GetInt64());

        foreach (string format in new[] { "hex", "srec" })
        {
            string back = Extract(folder, format);
            Assert.IsTrue(original.HasSameBytesAs(PayloadReader.Read(back, new PayloadReadOptions())), format);
        }

        // 256 MiB of nothing between the program and the chip's configuration.
        CommandRun raw = CommandRun.Of("image", "extract", folder["a.fwi"], "--out", folder["a.raw"]);
        Assert.AreEqual(1, raw.ExitCode, raw.ToString());
        Assert.Contains("FW1113", raw.Error);
        Assert.Contains("--format hex", raw.Error);
        Assert.IsFalse(File.Exists(folder["a.raw"]));
    }

    [TestMethod]
    [DataRow("bootloader.bin", 0)]
    [DataRow("bluetooth_rxtx.dfu", 16)]
    public void Gives_the_Ubertooth_files_back_byte_for_byte_without_their_suffix(string name, int suffixBytes)
    {
        string path = Path.Combine(Ubertooth, name);
        Require(path, "ubertooth-firmware");
        using var folder = new TemporaryFolder();
        CommandRun refused = CommandRun.Of(
            "image", "build", path, "--board", Once, "--key", s_key, "--version-number", "1.0.0", "--out", folder["a.fwi"]);
        Assert.AreEqual(2, refused.ExitCode, refused.ToString());
        Assert.Contains("--base", refused.Error);

        Carry(folder, path, Once, "--base", "0x4000");
        CollectionAssert.AreEqual(File.ReadAllBytes(path)[..^suffixBytes], File.ReadAllBytes(Extract(folder, "raw")));
        MemoryImage hex = PayloadReader.Read(Extract(folder, "hex"), new PayloadReadOptions());
        Assert.AreEqual(0x4000u, hex.StartAddress);
    }

    [TestMethod]
    [DataRow("qemu-virt", "newlib")]
    [DataRow("qemu-virt", "managed")]
    [DataRow("emcraft-sf2", "newlib")]
    [DataRow("emcraft-sf2", "managed")]
    public void Gives_our_applications_back_byte_for_byte(string board, string sample)
    {
        string path = RepositoryRoot.Combine($"artifacts/samples/{board}/hello-{sample}-1.0.0.elf");
        if (!File.Exists(path))
        {
            Assert.Inconclusive($"{path} was not built: run scripts/build-samples.sh.");
        }

        using var folder = new TemporaryFolder();
        JsonElement image = Carry(folder, path, board);
        MemoryImage original = PayloadReader.Read(path, new PayloadReadOptions());
        CollectionAssert.AreEqual(PayloadWriter.ToRaw(original, 0xFF), File.ReadAllBytes(Extract(folder, "raw")));
        Assert.AreEqual(
            string.Create(CultureInfo.InvariantCulture, $"0x{original.EntryPoint:X8}"),
            image.GetProperty("entry").GetString());
    }

    /// <summary>Builds a.fwi and requires that every command that looks at it is content.</summary>
    private static JsonElement Carry(TemporaryFolder folder, string payload, string board, params string[] more)
    {
        Ok([
            "image", "build", payload, "--board", board, "--key", s_key, "--version-number", "1.0.0",
            "--out", folder["a.fwi"], .. more,
        ]);
        Ok("image", "verify", folder["a.fwi"], "--key", s_publicKey);
        JsonElement map = Ok("image", "map", folder["a.fwi"], "-o", "json").Json;
        JsonElement image = Ok("image", "inspect", folder["a.fwi"], "-o", "json").Json;
        Assert.AreEqual(image.GetProperty("blocks").GetArrayLength(), map.GetProperty("blocks").GetArrayLength());
        return image;
    }

    private static string Extract(TemporaryFolder folder, string format)
    {
        string path = folder["back." + format];
        Ok("image", "extract", folder["a.fwi"], "--out", path, "--format", format);
        return path;
    }

    private static void Require(string path, string package)
    {
        if (!File.Exists(path))
        {
            Assert.Inconclusive($"{path} is not there: sudo apt-get install {package}");
        }
    }

    private static CommandRun Ok(params string[] arguments)
    {
        CommandRun run = CommandRun.Of(arguments);
        Assert.AreEqual(0, run.ExitCode, string.Join(' ', arguments) + "\n" + run);
        return run;
    }
}
