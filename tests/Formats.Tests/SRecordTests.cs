using System.Text;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class SRecordTests
{
    // Written by GNU objcopy 2.40 from the 25 bytes below at 0x8000.
    static readonly string[] s_objcopy =
    [
        "S00900006F2E73726563AC",
        "S113800068656C6C6F20776F726C642C207468697F",
        "S10C80107320697320646174613A",
        "S90380007C",
    ];

    // Written by srec_cat 1.64: a count, but no end record.
    static readonly string[] s_srecCat =
    [
        "S0220000687474703A2F2F737265636F72642E736F75726365666F7267652E6E65742F1D",
        "S11C800068656C6C6F20776F726C642C207468697320697320646174614D",
        "S5030001FB",
    ];

    static readonly string s_hello = Convert.ToHexString("hello world, this is data"u8);

    [TestMethod]
    public void Reads_what_objcopy_wrote()
    {
        MemoryImage image = ParseText(s_objcopy);
        AssertSegments(image, (0x8000, s_hello));
        Assert.AreEqual(0x8000u, image.EntryPoint);
        Assert.AreEqual("o.srec", image.HeaderText);
    }

    [TestMethod]
    public void Reads_what_srec_cat_wrote()
    {
        MemoryImage image = ParseText(s_srecCat);
        AssertSegments(image, (0x8000, s_hello));
        Assert.IsNull(image.EntryPoint);
        Assert.AreEqual("http://srecord.sourceforge.net/", image.HeaderText);
    }

    [TestMethod]
    [DataRow("S1041234AA0B", "S9031234B6", 0x1234u)]
    [DataRow("S205123456AAB4", "S8041234565F", 0x123456u)]
    [DataRow("S30612345678AA3B", "S70512345678E6", 0x12345678u)]
    public void Reads_addresses_of_two_three_and_four_bytes(string data, string end, uint address)
    {
        MemoryImage image = ParseText(data, end);
        AssertSegments(image, (address, "AA"));
        Assert.AreEqual(address, image.EntryPoint);
    }

    [TestMethod]
    public void Takes_an_entry_point_of_zero_as_none()
        => Assert.IsNull(ParseText("S1040000AA51", "S9030000FC").EntryPoint);

    [TestMethod]
    public void Accepts_a_count_of_three_bytes()
        => AssertSegments(ParseText("S1040000AA51", "S604000001FA", "S9030000FC"), (0, "AA"));

    [TestMethod]
    [DataRow("S1040001AA51", "its checksum is 51, but the bytes before it give 50")]
    [DataRow("S1050001AA50", "4 bytes follow its count, which says 5")]
    [DataRow("S1", "0 bytes follow its count")]
    [DataRow("S10200FD", "it ends inside its address of 2 bytes")]
    [DataRow("S4030000FC", "records of type S4 are not defined")]
    [DataRow("SX030000FC", "records of type SX are not defined")]
    [DataRow("S5030002FA", "it counts 2 data records, but 1 came before it")]
    [DataRow("S9040000AA51", "a record of type S9 has no data, this one has 1 bytes")]
    [DataRow("S104000", "is not S, a digit and pairs of hex digits")]
    [DataRow("hello", "it starts with \"hello\" instead of S and a digit")]
    [DataRow("S307FFFFFFFF0102F9", "beyond 4 GiB")]
    public void Says_which_line_is_wrong_and_why(string line, string expected)
    {
        FirmwareException exception = Refuse(
            ErrorCode.BadSRecord, () => ParseText("S1040000AA51", line, "S9030000FC"));
        Assert.Contains("Line 2", exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    [TestMethod]
    public void Refuses_data_after_the_count_and_anything_after_the_end()
    {
        RefuseText(ErrorCode.BadSRecord, "after the count", "S1040000AA51", "S5030001FB", "S1040001AA50");
        RefuseText(ErrorCode.BadSRecord, "after the end record", "S1040000AA51", "S9030000FC", "S1040001AA50");
    }

    [TestMethod]
    public void Says_that_the_file_is_cut_off()
        => RefuseText(ErrorCode.BadSRecord, "so the file is cut off", s_objcopy[..^1]);

    [TestMethod]
    public void Refuses_a_byte_given_twice_with_two_values()
        => Refuse(ErrorCode.OverlappingSegments, () => ParseText("S1040000AA51", "S1040000AB50", "S9030000FC"));

    [TestMethod]
    public void Writes_the_bytes_that_objcopy_writes()
    {
        // objcopy writes no count; the rest is the same, byte for byte.
        string[] lines = Write(ParseText(s_objcopy));
        CollectionAssert.AreEqual(s_objcopy, lines.Where(line => !line.StartsWith("S5")).ToArray());
        Assert.Contains("S5030002FA", lines);
    }

    [TestMethod]
    [DataRow(0xFFF0u, "S1", "S9")]
    [DataRow(0xFFF1u, "S2", "S8")]
    [DataRow(0xFFFFF0u, "S2", "S8")]
    [DataRow(0xFFFFF1u, "S3", "S7")]
    [DataRow(0xFFFFFFF0u, "S3", "S7")]
    public void Writes_the_shortest_address_that_fits_all(uint address, string data, string end)
    {
        MemoryImage image = MemoryImage.Create("x", PayloadFormat.Raw, [new(address, new byte[16])]);
        string[] lines = Write(image);
        Assert.StartsWith(data, lines[1]);
        Assert.StartsWith(end, lines[^1]);
        Assert.IsTrue(image.HasSameBytesAs(ParseText(lines)));
    }

    [TestMethod]
    public void Counts_more_than_65535_records()
    {
        MemoryImage image = MemoryImage.Create("x", PayloadFormat.Raw, [new(0, new byte[0x10000 * 16])]);
        string[] lines = Write(image);
        Assert.Contains("S604010000FA", lines);
        Assert.IsTrue(image.HasSameBytesAs(ParseText(lines)));
    }

    static string[] Write(MemoryImage image)
    {
        using var stream = new MemoryStream();
        PayloadWriter.Write(stream, image, PayloadFormat.SRecord, new PayloadWriteOptions());
        return Encoding.ASCII.GetString(stream.ToArray()).Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
