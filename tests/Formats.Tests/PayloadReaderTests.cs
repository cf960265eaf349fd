using System.Formats.Tar;
using System.IO.Compression;
using System.Text;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class PayloadReaderTests
{
    static readonly byte[] s_vectors = [0x00, 0x40, 0x00, 0x20, 0xD9, 0xCC, 0x01, 0x00];

    static readonly PayloadReadOptions s_atFlash = new() { BaseAddress = 0x08000000 };

    [TestMethod]
    public void Takes_unknown_bytes_as_raw_when_there_is_a_base()
    {
        MemoryImage image = Parse(s_vectors, s_atFlash);
        AssertSegments(image, (0x08000000, "00400020D9CC0100"));
        Assert.AreEqual(PayloadFormat.Raw, image.Format);
        Assert.IsNull(image.EntryPoint);
    }

    [TestMethod]
    [DataRow("firmware.bin", "FW1109")]
    [DataRow("firmware.IMG", "FW1109")]
    [DataRow("firmware.hex", "FW1101")]
    [DataRow("firmware", "FW1101")]
    public void Asks_for_a_base_or_says_that_the_format_is_unknown(string name, string code)
        => Refuse(ErrorCatalog.Find(code)!, () => Parse(s_vectors, name: name));

    [TestMethod]
    [DataRow("elf")]
    [DataRow("hex")]
    [DataRow("bin")]
    public void Goes_by_the_content_and_not_by_the_extension(string extension)
    {
        Assert.AreEqual(PayloadFormat.Elf, Parse(ElfTests.Sample(), name: "x." + extension).Format);
        Assert.AreEqual(
            PayloadFormat.IntelHex, Parse(":0100000055AA\n:00000001FF"u8.ToArray(), name: "x." + extension).Format);
        Assert.AreEqual(
            PayloadFormat.SRecord, Parse("S1040000AA51\nS9030000FC"u8.ToArray(), name: "x." + extension).Format);
        Assert.AreEqual(PayloadFormat.Uf2, Parse(Uf2Tests.Block(0, 1, 0, [1]), name: "x." + extension).Format);
    }

    public static IEnumerable<object[]> OtherKinds =>
    [
        [Compressed(stream => new GZipStream(stream, CompressionLevel.Fastest)), "a gzip file"],
        [Zip(), "a zip archive"],
        [File.ReadAllBytes(typeof(PayloadReaderTests).Assembly.Location), "a PE file"],
        ["TWBK\u0001\0\u0001\0"u8.ToArray(), "a firmware image container (.fwi)"],
        ["!<arch>\ndebian-binary"u8.ToArray(), "ar archive"],
        ["-----BEGIN PRIVATE KEY-----"u8.ToArray(), "a PEM file"],
        ["<!DOCTYPE html><title>404"u8.ToArray(), "an HTML page"],
        ["version https://git-lfs.github.com/spec/v1"u8.ToArray(), "a Git LFS pointer"],
        [new byte[] { 0x3D, 0xB8, 0xF3, 0x96, 0, 0 }, "an MCUboot image"],
        ["NFMRK1\0\0"u8.ToArray(), "a .NET nanoFramework assembly"],
        [Encoding.Unicode.GetPreamble().Concat(Encoding.Unicode.GetBytes(":00000001FF")).ToArray(), "UTF-16"],
        [Tar(), "a tar archive"],
    ];

    [TestMethod, DynamicData(nameof(OtherKinds))]
    public void Names_a_file_of_another_kind(byte[] content, string kind)
    {
        Assert.Contains(kind, Refuse(ErrorCode.WrongFileKind, () => Parse(content)).Message);
        Refuse(ErrorCode.WrongFileKind, () => Parse(content, s_atFlash));
        Assert.AreEqual(content.Length, Parse(content, s_atFlash with { Format = PayloadFormat.Raw }).DataBytes);
    }

    [TestMethod]
    public void Refuses_a_base_for_files_that_have_addresses()
    {
        foreach (byte[] content in (byte[][])[ElfTests.Sample(), ":0100000055AA\n:00000001FF"u8.ToArray()])
        {
            Assert.Contains(
                "says itself where its bytes belong",
                Refuse(ErrorCode.BadArgument, () => Parse(content, s_atFlash)).Message);
        }
    }

    [TestMethod]
    public void Refuses_a_base_that_leaves_the_address_space()
    {
        Parse(s_vectors, new() { BaseAddress = 0xFFFFFFF8 });
        Refuse(ErrorCode.BadArgument, () => Parse(s_vectors, new() { BaseAddress = 0xFFFFFFF9 }));
    }

    [TestMethod]
    public void Refuses_an_empty_file() => Refuse(ErrorCode.FileEmpty, () => Parse([], s_atFlash));

    [TestMethod]
    public void Says_what_is_wrong_with_the_path()
    {
        using var folder = new TemporaryFolder();
        Refuse(ErrorCode.FileNotFound, () => PayloadReader.Read(Path.Combine(folder.Path, "none"), Automatic));
        Assert.Contains(
            "it is a folder",
            Refuse(ErrorCode.FileUnreadable, () => PayloadReader.Read(folder.Path, Automatic)).Message);
    }

    [TestMethod]
    public void Reads_a_file()
    {
        using var folder = new TemporaryFolder();
        MemoryImage image = PayloadReader.Read(folder.Write("x.bin", s_vectors), s_atFlash);
        Assert.AreEqual(s_vectors.Length, image.DataBytes);
        Assert.Contains("x.bin", image.Source);
    }

    [TestMethod]
    [DataRow(1)]
    [DataRow(65535)]
    [DataRow(65536)]
    [DataRow(65537)]
    [DataRow(300_000)]
    public void Reads_a_stream_of_any_length(int count)
    {
        byte[] content = new byte[count];
        new Random(count).NextBytes(content);
        using var pipe = new EndlessStream(content, count);
        CollectionAssert.AreEqual(content, CappedStream.ReadAll(pipe, "pipe", 300_000));
        using var seekable = new MemoryStream(content);
        CollectionAssert.AreEqual(content, CappedStream.ReadAll(seekable, "file", 300_000));
    }

    [TestMethod]
    public void Stops_reading_at_the_limit()
    {
        using var pipe = new EndlessStream([1], long.MaxValue);
        Refuse(ErrorCode.FileTooLarge, () => CappedStream.ReadAll(pipe, "pipe", 1_000_000));
        Assert.IsLessThan(2_000_000L, pipe.Position);
        using var seekable = new MemoryStream(new byte[1001]);
        Refuse(ErrorCode.FileTooLarge, () => CappedStream.ReadAll(seekable, "file", 1000));
        Assert.AreEqual(0L, seekable.Position);
    }

    [TestMethod]
    public void Writes_raw_bytes_with_holes_filled()
    {
        MemoryImage image = MemoryImage.Create("x", PayloadFormat.Elf, [new(0x100, [1]), new(0x104, [2])]);
        using var stream = new MemoryStream();
        PayloadWriter.Write(stream, image, PayloadFormat.Raw, new PayloadWriteOptions());
        Assert.AreEqual("01FFFFFF02", Convert.ToHexString(stream.ToArray()));
    }

    [TestMethod]
    public void Refuses_to_write_a_hole_of_gigabytes()
    {
        MemoryImage image = MemoryImage.Create("x", PayloadFormat.Elf, [new(0, [1]), new(0x10001000, [2])]);
        using var stream = new MemoryStream();
        Refuse(
            ErrorCode.PayloadSpanTooLarge,
            () => PayloadWriter.Write(stream, image, PayloadFormat.Raw, new PayloadWriteOptions()));
        Assert.AreEqual(0L, stream.Length);
    }

    [TestMethod]
    public void Refuses_to_write_what_it_can_only_read()
    {
        MemoryImage image = MemoryImage.Create("x", PayloadFormat.Raw, [new(0, [1])]);
        Assert.Contains("raw, hex, srec, dfu can", Refuse(
            ErrorCode.BadArgument,
            () => PayloadWriter.Write(Stream.Null, image, PayloadFormat.Elf, new PayloadWriteOptions())).Message);
    }

    [TestMethod]
    public void Every_format_has_a_word()
    {
        foreach (PayloadFormat format in Enum.GetValues<PayloadFormat>())
        {
            Assert.IsTrue(
                PayloadFormatNames.TryParse(PayloadFormatNames.Of(format).ToUpperInvariant(), out PayloadFormat back));
            Assert.AreEqual(format, back);
        }

        Assert.IsFalse(PayloadFormatNames.TryParse("tar", out _));
    }

    static byte[] Compressed(Func<Stream, Stream> compress)
    {
        using var target = new MemoryStream();
        using (Stream stream = compress(target))
        {
            stream.Write(s_vectors);
        }

        return target.ToArray();
    }

    static byte[] Zip()
    {
        using var target = new MemoryStream();
        using (var archive = new ZipArchive(target, ZipArchiveMode.Create, leaveOpen: true))
        {
            archive.CreateEntry("firmware.hex").Open().Dispose();
        }

        return target.ToArray();
    }

    static byte[] Tar()
    {
        using var target = new MemoryStream();
        using (var writer = new TarWriter(target, leaveOpen: true))
        {
            writer.WriteEntry(new UstarTarEntry(TarEntryType.Directory, "firmware"));
        }

        return target.ToArray();
    }
}
