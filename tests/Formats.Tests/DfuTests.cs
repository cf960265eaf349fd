using System.Buffers.Binary;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class DfuTests
{
    // Written by dfu-suffix 0.11 with -v 1234 -p abcd -d 0102 from "hello world, this is data".
    static readonly byte[] s_file =
        [.. "hello world, this is data"u8, .. Convert.FromHexString("0201CDAB3412000155464410D408C92D")];

    static readonly PayloadReadOptions s_at8000 = new() { BaseAddress = 0x8000 };

    [TestMethod]
    public void Strips_the_suffix_that_dfu_suffix_wrote()
    {
        MemoryImage image = Parse(s_file, s_at8000);
        AssertSegments(image, (0x8000, Convert.ToHexString("hello world, this is data"u8)));
        Assert.AreEqual(new DfuSuffix(0x1234, 0xABCD, 0x0102, 0x0100), image.DfuSuffix);
        Assert.AreEqual(PayloadFormat.Dfu, image.Format);
    }

    [TestMethod]
    public void Writes_the_suffix_that_dfu_suffix_writes()
    {
        using var stream = new MemoryStream();
        var options = new PayloadWriteOptions { DfuSuffix = new DfuSuffix(0x1234, 0xABCD, 0x0102, 0x0100) };
        PayloadWriter.Write(stream, Parse(s_file, s_at8000), PayloadFormat.Dfu, options);
        CollectionAssert.AreEqual(s_file, stream.ToArray());
    }

    [TestMethod]
    public void Asks_for_the_base_address()
        => Refuse(ErrorCode.BaseAddressMissing, () => Parse(s_file));

    [TestMethod]
    public void Says_that_the_checksum_is_wrong()
    {
        byte[] file = [.. s_file];
        file[3] ^= 1;
        Assert.Contains(
            "its CRC is 0x2DC908D4, but the bytes before it give 0x",
            Refuse(ErrorCode.BadDfuSuffix, () => Parse(file, s_at8000)).Message);
    }

    [TestMethod]
    public void Takes_a_damaged_file_as_raw_when_asked()
    {
        byte[] file = [.. s_file];
        file[3] ^= 1;
        MemoryImage image = Parse(file, s_at8000 with { Format = PayloadFormat.Raw });
        Assert.AreEqual(file.Length, image.DataBytes);
        Assert.IsNull(image.DfuSuffix);
    }

    [TestMethod]
    public void Says_that_the_signature_is_missing_when_dfu_was_asked_for()
        => Assert.Contains(
            "the signature UFD is not where",
            Refuse(
                ErrorCode.BadDfuSuffix,
                () => Parse(s_file[..^1], s_at8000 with { Format = PayloadFormat.Dfu })).Message);

    [TestMethod]
    public void Strips_a_longer_suffix_of_a_later_version()
    {
        byte[] file = [1, 2, 3, .. new byte[4], 2, 1, 3, 4, 5, 6, 0x20, 1, .. "UFD"u8, 20, 0, 0, 0, 0];
        uint crc = ~System.IO.Hashing.Crc32.HashToUInt32(file.AsSpan()[..^4]);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan()[^4..], crc);
        AssertSegments(Parse(file, s_at8000), (0x8000, "010203"));
    }

    [TestMethod]
    public void Refuses_a_suffix_longer_than_the_file()
    {
        byte[] file = [1, 2, 1, 3, 4, 5, 6, 0x20, 1, .. "UFD"u8, 200, 0, 0, 0, 0];
        Assert.Contains(
            "claims a suffix of 200 bytes", Refuse(ErrorCode.BadDfuSuffix, () => Parse(file, s_at8000)).Message);
    }

    [TestMethod]
    public void Refuses_a_suffix_without_payload()
        => Refuse(ErrorCode.PayloadEmpty, () => Parse(Signed([]), s_at8000));

    [TestMethod]
    public void Reads_a_format_with_addresses_inside()
    {
        byte[] inner = ":0100000055AA\n:00000001FF\n"u8.ToArray();
        MemoryImage image = Parse(Signed(inner));
        AssertSegments(image, (0, "55"));
        Assert.IsNotNull(image.DfuSuffix);
    }

    [TestMethod]
    public void Reads_a_DfuSe_file()
    {
        MemoryImage image = Parse(Signed(DfuSe(("first", 0x08000000, [1, 2]), ("second", 0x08004000, [3])), 0x011A));
        AssertSegments(image, (0x08000000, "0102"), (0x08004000, "03"));
        Assert.AreEqual("first", image.Segments[0].Name);
        Assert.AreEqual((ushort)0x011A, image.DfuSuffix!.SpecificationRelease);
    }

    [TestMethod]
    public void Refuses_a_DfuSe_file_without_its_suffix()
        => Refuse(ErrorCode.BadDfuSuffix, () => Parse(DfuSe(("x", 0x08000000, [1]))));

    [TestMethod]
    public void Refuses_a_base_address_for_a_DfuSe_file()
        => Refuse(ErrorCode.BadArgument, () => Parse(Signed(DfuSe(("x", 0x08000000, [1]))), s_at8000));

    [TestMethod]
    public void Refuses_overlapping_elements()
        => Refuse(
            ErrorCode.OverlappingSegments, () => Parse(Signed(DfuSe(("a", 0x100, [1, 2]), ("b", 0x101, [1])))));

    [TestMethod]
    public void Every_changed_byte_inside_a_DfuSe_file_gives_an_image_or_an_error()
    {
        byte[] content = DfuSe(("first", 0x08000000, [1, 2]), ("second", 0x08004000, [3]));
        int refused = 0;
        for (int i = 0; i < content.Length * 8; i++)
        {
            byte[] changed = [.. content];
            changed[i / 8] ^= (byte)(1 << (i % 8));
            try
            {
                Assert.IsGreaterThan(
                    0L,
                    Parse(Signed(changed), new() { Format = PayloadFormat.Dfu, BaseAddress = null }).DataBytes);
            }
            catch (FirmwareException)
            {
                refused++;
            }
        }

        Assert.IsGreaterThan(300, refused);
    }

    [TestMethod]
    public void Every_prefix_of_a_DfuSe_file_is_refused()
    {
        byte[] content = DfuSe(("first", 0x08000000, [1, 2]), ("second", 0x08004000, [3]));
        for (int length = 0; length < content.Length; length++)
        {
            Assert.ThrowsExactly<FirmwareException>(() => Parse(Signed(content[..length])), $"{length} bytes");
        }
    }

    internal static byte[] Signed(byte[] content, ushort specification = 0x0100)
        => [.. content, .. new DfuSuffix(0x0483, 0xDF11, 0, specification).ToBytes(content)];

    /// <summary>A DfuSe file without suffix: one target per element (UM0391 section 2).</summary>
    internal static byte[] DfuSe(params (string Name, uint Address, byte[] Data)[] elements)
    {
        using var stream = new MemoryStream();
        using var writer = new BinaryWriter(stream);
        writer.Write("DfuSe"u8);
        writer.Write((byte)1);
        writer.Write(11 + elements.Sum(element => 274 + 8 + element.Data.Length));
        writer.Write((byte)elements.Length);
        foreach ((string name, uint address, byte[] data) in elements)
        {
            writer.Write("Target"u8);
            writer.Write((byte)0);
            writer.Write(1);
            byte[] nameBytes = new byte[255];
            System.Text.Encoding.ASCII.GetBytes(name, nameBytes);
            writer.Write(nameBytes);
            writer.Write(8 + data.Length);
            writer.Write(1);
            writer.Write(address);
            writer.Write(data.Length);
            writer.Write(data);
        }

        return stream.ToArray();
    }
}
