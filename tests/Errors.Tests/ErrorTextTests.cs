namespace Twinbank.Errors.Tests;

[TestClass]
public sealed class ErrorTextTests
{
    [TestMethod]
    [DataRow(0L, "0 bytes")]
    [DataRow(1L, "1 byte")]
    [DataRow(1023L, "1023 bytes")]
    [DataRow(1024L, "1024 bytes (1 KiB)")]
    [DataRow(70000L, "70000 bytes (68.4 KiB)")]
    [DataRow(16777216L, "16777216 bytes (16 MiB)")]
    [DataRow(3221225472L, "3221225472 bytes (3 GiB)")]
    public void Shows_sizes_in_bytes_and_in_units_of_1024(long bytes, string expected)
    {
        Assert.AreEqual(expected, ErrorText.FormatSize(bytes));
        Assert.AreEqual(expected, ErrorText.FormatValue(bytes, "bytes"));
    }

    [TestMethod]
    public void Shows_addresses_with_eight_digits()
    {
        Assert.AreEqual("0x08004000", ErrorText.FormatValue(0x08004000u, "hex"));
        Assert.AreEqual("0x100000000", ErrorText.FormatValue(0x100000000ul, "hex"));
        Assert.AreEqual("0x00000007", ErrorText.FormatValue((byte)7, "hex"));
    }

    [TestMethod]
    public void Shows_byte_strings_lists_and_nothing()
    {
        Assert.AreEqual("00ff", ErrorText.FormatValue(new byte[] { 0, 255 }, "hex"));
        Assert.AreEqual("00ff", ErrorText.FormatValue(new byte[] { 0, 255 }, ""));
        Assert.AreEqual("a, b", ErrorText.FormatValue(new[] { "a", "b" }, ""));
        Assert.AreEqual("none", ErrorText.FormatValue(null, ""));
        Assert.AreEqual("2.5", ErrorText.FormatValue(2.5, ""));
        Assert.AreEqual("12 apples", ErrorText.FormatValue("12 apples", "bytes"));
    }

    [TestMethod]
    public void Says_so_when_a_value_was_forgotten_instead_of_failing()
        => Assert.AreEqual("a (path not given) b", ErrorText.Format("a {path} b", []));

    [TestMethod]
    [DataRow("no braces")]
    [DataRow("open { only")]
    [DataRow("} closed first")]
    [DataRow("")]
    public void Leaves_text_without_placeholders_alone(string text)
        => Assert.AreEqual(text, ErrorText.Format(text, [("x", 1)]));

    [TestMethod]
    public void An_exception_says_what_was_found_and_what_to_do()
    {
        var inner = new InvalidOperationException("inner");
        var exception = new FirmwareException(
            ErrorCode.FileTooLarge, inner, ("path", "a.bin"), ("size", 70000), ("limit", 1024));

        Assert.AreEqual(
            "File too large: The file a.bin has 70000 bytes (68.4 KiB); at most 1024 bytes (1 KiB) are accepted here.",
            exception.Message);
        Assert.AreEqual("Check that this is the file you meant; a firmware payload is far smaller.", exception.Remedy);
        Assert.AreSame(inner, exception.InnerException);
        Assert.AreEqual("FW1003", exception.Code.ToString());
        Assert.IsFalse(exception.IsTransient);
    }

    [TestMethod]
    public void A_value_that_looks_like_a_placeholder_is_not_replaced_again()
        => Assert.AreEqual("{b} 2", ErrorText.Format("{a} {b}", [("a", "{b}"), ("b", 2)]));
}
