using System.Globalization;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

/// <summary>Our bytes against those of srec_cat, GNU objcopy, dfu-suffix and dfuse-pack.</summary>
[TestClass]
public sealed class OtherToolsTests
{
    // Addresses where formats change: 64 KiB, 1 MiB (objcopy's HEX), 16 MiB, the end of the address space.
    static readonly uint[] s_addresses = [0, 0x1234, 0xFFF8, 0xFFFFC, 0x100000, 0xFFFFF8, 0x08000000, 0xFFFFE000];

    public static IEnumerable<object[]> EveryAddress => s_addresses.Select(address => new object[] { address });

    [TestMethod, DynamicData(nameof(EveryAddress))]
    public void Reads_what_srec_cat_writes(uint address)
    {
        using var folder = new TemporaryFolder();
        byte[] data = Data(address);
        folder.Write("in.bin", data);
        foreach ((string option, PayloadFormat format) in Kinds)
        {
            ExternalTool.Run(
                folder.Path, "srecord", "srec_cat", "in.bin", "-binary", "-offset", Hex(address), "-o", "out", option);
            MemoryImage image = Parse(folder.Read("out"));
            Assert.AreEqual(format, image.Format);
            Assert.IsTrue(image.HasSameBytesAs(At(address, data)), option);
        }
    }

    [TestMethod, DynamicData(nameof(EveryAddress))]
    public void Srec_cat_reads_what_we_write(uint address)
    {
        using var folder = new TemporaryFolder();
        byte[] data = Data(address);
        foreach ((string option, PayloadFormat format) in Kinds)
        {
            Write(folder, "in", At(address, data), format);
            ExternalTool.Run(
                folder.Path, "srecord", "srec_cat", "in", option, "-offset", "-" + Hex(address),
                "-o", "out", "-binary");
            CollectionAssert.AreEqual(data, folder.Read("out"), option);
        }
    }

    [TestMethod, DynamicData(nameof(EveryAddress))]
    public void Reads_what_objcopy_writes(uint address)
    {
        using var folder = new TemporaryFolder();
        byte[] data = Data(address);
        folder.Write("in.bin", data);
        foreach (string target in (string[])["ihex", "srec"])
        {
            ExternalTool.Run(
                folder.Path, "binutils", "objcopy", "-I", "binary", "-O", target, "--change-addresses", Hex(address),
                "in.bin", "out");
            Assert.IsTrue(Parse(folder.Read("out")).HasSameBytesAs(At(address, data)), target);
        }
    }

    [TestMethod, DynamicData(nameof(EveryAddress))]
    public void Objcopy_reads_what_we_write(uint address)
    {
        using var folder = new TemporaryFolder();
        byte[] data = Data(address);
        foreach ((_, PayloadFormat format) in Kinds)
        {
            string target = format == PayloadFormat.IntelHex ? "ihex" : "srec";
            Write(folder, "in", At(address, data), format);
            ExternalTool.Run(folder.Path, "binutils", "objcopy", "-I", target, "-O", "binary", "in", "out");
            CollectionAssert.AreEqual(data, folder.Read("out"), target);
        }
    }

    [TestMethod]
    public void Agrees_with_objcopy_on_a_linked_program()
    {
        using var folder = new TemporaryFolder();
        folder.Write("p.s", """
            .syntax unified
            .thumb
            .section .text
            .global start
            .thumb_func
            start: ldr r0, =value
            b start
            .section .data
            value: .word 0x12345678, 0x9ABCDEF0
            .section .bss
            .space 64

            """u8.ToArray());
        folder.Write("p.ld", """
            ENTRY(start)
            SECTIONS {
              .text 0x80000000 : { *(.text) }
              .data 0x20000000 : AT(0x80000100) { *(.data) }
              .bss : { *(.bss) }
            }

            """u8.ToArray());
        const string package = "binutils-arm-none-eabi";
        ExternalTool.Run(folder.Path, package, "arm-none-eabi-as", "-mcpu=cortex-m3", "-o", "p.o", "p.s");
        ExternalTool.Run(folder.Path, package, "arm-none-eabi-ld", "-T", "p.ld", "-o", "p.elf", "p.o");
        foreach (string target in (string[])["binary", "ihex", "srec"])
        {
            ExternalTool.Run(
                folder.Path, package, "arm-none-eabi-objcopy", "-O", target, "--gap-fill", "0xFF", "p.elf", target);
        }

        MemoryImage elf = Parse(folder.Read("p.elf"));
        Assert.AreEqual(0x80000001u, elf.EntryPoint);
        Assert.AreEqual(0x20000000u, elf.Segments[^1].VirtualAddress);
        Assert.AreEqual(0x80000100u, elf.Segments[^1].Address);
        CollectionAssert.AreEqual(folder.Read("binary"), PayloadWriter.ToRaw(elf, 0xFF));
        foreach (string target in (string[])["ihex", "srec"])
        {
            MemoryImage image = Parse(folder.Read(target));
            CollectionAssert.AreEqual(folder.Read("binary"), PayloadWriter.ToRaw(image, 0xFF));
            Assert.AreEqual(elf.EntryPoint & ~1u, image.EntryPoint & ~1u);
        }
    }

    [TestMethod]
    public void Says_that_an_object_file_is_not_linked()
    {
        using var folder = new TemporaryFolder();
        folder.Write("p.s", ".text\nnop\n"u8.ToArray());
        ExternalTool.Run(folder.Path, "binutils-arm-none-eabi", "arm-none-eabi-as", "-o", "p.o", "p.s");
        Assert.Contains("not linked", Refuse(Errors.ErrorCode.BadElf, () => Parse(folder.Read("p.o"))).Message);
    }

    [TestMethod]
    public void Dfu_suffix_accepts_what_we_write_and_we_what_it_writes()
    {
        using var folder = new TemporaryFolder();
        byte[] data = Data(1000);
        folder.Write("theirs.dfu", data);
        ExternalTool.Run(
            folder.Path, "dfu-util", "dfu-suffix", "-v", "1d50", "-p", "6003", "-d", "0123", "-a", "theirs.dfu");
        MemoryImage image = Parse(folder.Read("theirs.dfu"), new() { BaseAddress = 0x4000 });
        Assert.AreEqual(new DfuSuffix(0x1D50, 0x6003, 0x0123, 0x0100), image.DfuSuffix);
        Assert.IsTrue(image.HasSameBytesAs(At(0x4000, data)));

        Write(folder, "ours.dfu", image, PayloadFormat.Dfu, new() { DfuSuffix = image.DfuSuffix! });
        CollectionAssert.AreEqual(folder.Read("theirs.dfu"), folder.Read("ours.dfu"));
        ExternalTool.Run(folder.Path, "dfu-util", "dfu-suffix", "-c", "ours.dfu");
    }

    [TestMethod]
    public void Reads_what_dfuse_pack_writes()
    {
        using var folder = new TemporaryFolder();
        byte[] first = Data(300);
        byte[] second = Data(77);
        folder.Write("first.bin", first);
        folder.Write("second.bin", second);
        ExternalTool.Run(
            folder.Path, "dfu-util", "dfuse-pack", "-b", "0x08000000:first.bin", "-b", "0x08010000:second.bin",
            "-D", "0x0483:0xdf11", "out.dfu");
        MemoryImage image = Parse(folder.Read("out.dfu"));
        Assert.HasCount(2, image.Segments);
        CollectionAssert.AreEqual(first, image.Segments[0].Data);
        CollectionAssert.AreEqual(second, image.Segments[1].Data);
        Assert.AreEqual(0x08010000u, image.Segments[1].Address);
        Assert.AreEqual((ushort)0x0483, image.DfuSuffix!.VendorId);
    }

    static (string Option, PayloadFormat Format)[] Kinds
        => [("-Intel", PayloadFormat.IntelHex), ("-Motorola", PayloadFormat.SRecord)];

    static byte[] Data(uint seed)
    {
        byte[] data = new byte[1000 + (seed % 97)];
        new Random((int)seed).NextBytes(data);
        return data;
    }

    static MemoryImage At(uint address, byte[] data)
        => MemoryImage.Create("x", PayloadFormat.Raw, [new MemorySegment(address, data)]);

    static void Write(
        TemporaryFolder folder,
        string name,
        MemoryImage image,
        PayloadFormat format,
        PayloadWriteOptions? options = null)
    {
        using var stream = new MemoryStream();
        PayloadWriter.Write(stream, image, format, options ?? new PayloadWriteOptions());
        folder.Write(name, stream.ToArray());
    }

    static string Hex(uint value) => "0x" + value.ToString("X", CultureInfo.InvariantCulture);
}
