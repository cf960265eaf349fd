using System.Text;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class IntelHexTests
{
    const string End = ":00000001FF";

    // Written by GNU objcopy 2.40 from the 25 bytes below at 0xFFF8.
    static readonly string[] s_objcopy =
    [
        ":08FFF80068656C6C6F20776FE7",
        ":020000021000EC",
        ":10000000726C642C20746869732069732064617455",
        ":01001000618E",
        ":040000030000FFF802",
        ":00000001FF",
    ];

    // Written by srec_cat 1.64 from the same bytes: one record crosses 64 KiB.
    static readonly string[] s_srecCat =
    [
        ":020000040000FA",
        ":19FFF80068656C6C6F20776F726C642C20746869732069732064617461DA",
        ":00000001FF",
    ];

    static readonly string s_hello = Convert.ToHexString("hello world, this is data"u8);

    [TestMethod]
    public void Reads_what_objcopy_wrote()
    {
        MemoryImage image = ParseText(s_objcopy);
        AssertSegments(image, (0xFFF8, s_hello));
        Assert.AreEqual(0xFFF8u, image.EntryPoint);
        Assert.AreEqual(PayloadFormat.IntelHex, image.Format);
    }

    [TestMethod]
    public void Reads_what_srec_cat_wrote()
    {
        MemoryImage image = ParseText(s_srecCat);
        AssertSegments(image, (0xFFF8, s_hello));
        Assert.IsNull(image.EntryPoint);
    }

    [TestMethod]
    [DataRow("\r\n")]
    [DataRow("\r")]
    [DataRow("\n\n \t\n")]
    [DataRow("  \n")]
    public void Accepts_every_line_end(string separator)
        => AssertSegments(Parse(Encoding.ASCII.GetBytes(string.Join(separator, s_srecCat))), (0xFFF8, s_hello));

    [TestMethod]
    public void Accepts_small_letters_and_a_byte_order_mark()
    {
        string text = "\uFEFF" + string.Join('\n', s_srecCat).ToLowerInvariant();
        AssertSegments(Parse(Encoding.UTF8.GetBytes(text)), (0xFFF8, s_hello));
    }

    [TestMethod]
    public void Wraps_a_segment_at_64_KiB()
    {
        // Base 0x2000 << 4; the record starts two bytes before the end of the segment.
        MemoryImage image = ParseText(":020000022000DC", ":04FFFE001122334455", End);
        AssertSegments(image, (0x20000, "3344"), (0x2FFFE, "1122"));
    }

    [TestMethod]
    public void Reads_a_linear_start_address()
        => Assert.AreEqual(0x0001CCD9u, ParseText(":0100000055AA", ":040000050001CCD951", End).EntryPoint);

    [TestMethod]
    public void Accepts_the_last_byte_of_the_address_space()
        => AssertSegments(ParseText(":02000004FFFFFC", ":01FFFF005AA7", End), (0xFFFFFFFF, "5A"));

    [TestMethod]
    public void Accepts_a_byte_given_twice_with_one_value()
        => AssertSegments(ParseText(":0100000055AA", ":0100000055AA", End), (0, "55"));

    [TestMethod]
    public void Refuses_a_byte_given_twice_with_two_values()
        => Refuse(ErrorCode.OverlappingSegments, () => ParseText(":0100000055AA", ":0100000056A9", End));

    [TestMethod]
    public void Says_that_there_is_no_data()
        => Refuse(ErrorCode.PayloadEmpty, () => ParseText(End));

    [TestMethod]
    [DataRow(":0100000055AB", "Line 2", "its checksum is AB, but the bytes before it give AA")]
    [DataRow(":0200000055A9", "Line 2", "it has 6 bytes, but its length 2 asks for 7")]
    [DataRow(":01000000", "Line 2", "it has 4 bytes")]
    [DataRow(":0100000055A", "Line 2", "is not a colon and pairs of hex digits")]
    [DataRow(":01000000 55AA", "Line 2", "is not a colon and pairs of hex digits")]
    [DataRow("0100000055AA", "Line 2", "instead of a colon")]
    [DataRow("\u001b[31mred", "Line 2", "\\x1B[31mred")]
    [DataRow(":00000006FA", "Line 2", "its type 06 with 0 data bytes is not known")]
    [DataRow(":00000010F0", "Line 2", "its type 10")]
    [DataRow(":0100000400FB", "Line 2", "a record of type 04 has 2 data bytes, this one 1")]
    [DataRow(":0100000200FD", "Line 2", "a record of type 02 has 2 data bytes, this one 1")]
    [DataRow(":0100000300FC", "Line 2", "a record of type 03 has 4")]
    [DataRow(":0100000500FA", "Line 2", "a record of type 05 has 4")]
    [DataRow(":0100000100FE", "Line 2", "a record of type 01 has 0")]
    [DataRow(":0100000D559D", "Line 2", "no block start record")]
    [DataRow(":00000001FF", "Line 3", "it comes after the end record")]
    public void Says_which_line_is_wrong_and_why(string line, string where, string expected)
    {
        FirmwareException exception = Refuse(
            ErrorCode.BadIntelHex, () => ParseText(":0100000055AA", line, ":0100010055A9", End));
        Assert.Contains(where, exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    [TestMethod]
    public void Refuses_data_beyond_4_GiB()
        => RefuseText(ErrorCode.BadIntelHex, "beyond 4 GiB", ":02000004FFFFFC", ":02FFFF005A5A4C", End);

    [TestMethod]
    public void Says_that_the_file_is_cut_off()
        => RefuseText(ErrorCode.BadIntelHex, "Line 2 of payload is not a usable Intel HEX record: the end record",
            ":0100000055AA", ":0100010055A9");

    [TestMethod]
    public void Writes_records_that_stay_inside_64_KiB()
    {
        MemoryImage image = ParseText(s_srecCat) with { EntryPoint = 0xFFF9 };
        Assert.AreEqual(
            """
            :08FFF80068656C6C6F20776FE7
            :020000040001F9
            :10000000726C642C20746869732069732064617455
            :01001000618E
            :040000050000FFF9FF
            :00000001FF

            """.ReplaceLineEndings("\n"),
            Write(image));
    }

    [TestMethod]
    public void What_is_written_reads_the_same()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] data = new byte[random.Next(1, 300)];
            random.NextBytes(data);
            uint address = (uint)random.NextInt64(0, 0x1_0000_0000 - 1000);
            MemoryImage image = MemoryImage.Create(
                "x", PayloadFormat.Raw, [new(address, data), new(address + 500, data)]) with { EntryPoint = address };
            MemoryImage back = Parse(Encoding.ASCII.GetBytes(Write(image)));
            Assert.IsTrue(image.HasSameBytesAs(back));
            Assert.AreEqual(address, back.EntryPoint);
        }
    }

    static string Write(MemoryImage image)
    {
        using var stream = new MemoryStream();
        PayloadWriter.Write(stream, image, PayloadFormat.IntelHex, new PayloadWriteOptions());
        return Encoding.ASCII.GetString(stream.ToArray());
    }
}
