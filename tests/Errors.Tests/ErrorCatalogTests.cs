using System.Globalization;

namespace Twinbank.Errors.Tests;

[TestClass]
public sealed class ErrorCatalogTests
{
    public static IEnumerable<object[]> EveryCode => ErrorCatalog.All.Select(code => new object[] { code.Number });

    [TestMethod]
    public void Numbers_and_names_are_unique()
    {
        Assert.AreEqual(ErrorCatalog.All.Count, ErrorCatalog.All.Select(code => code.Number).Distinct().Count());
        Assert.AreEqual(ErrorCatalog.All.Count, ErrorCatalog.All.Select(code => code.Name).Distinct().Count());
        Assert.IsGreaterThan(50, ErrorCatalog.All.Count);
    }

    [TestMethod, DynamicData(nameof(EveryCode))]
    public void Every_number_is_in_a_stated_range(int number)
        => Assert.IsTrue(ErrorCatalog.Ranges.Any(range => range.First / 1000 == number / 1000), $"FW{number}");

    [TestMethod, DynamicData(nameof(EveryCode))]
    public void Every_name_is_the_name_of_its_member(int number)
    {
        ErrorCode code = Find(number);
        object? value = typeof(ErrorCode).GetField(code.Name)?.GetValue(null);
        Assert.AreSame(code, value);
    }

    [TestMethod, DynamicData(nameof(EveryCode))]
    public void Every_text_shows_every_value_it_names(int number)
    {
        ErrorCode code = Find(number);
        (string Name, object? Value)[] values =
        [
            .. ErrorText.Placeholders(code.Detail + code.Remedy)
                .Select(placeholder => (placeholder.Name, Style: placeholder.Style))
                .Distinct()
                .Select((item, index) => (item.Name, SampleFor(item.Style, index))),
        ];

        var exception = new FirmwareException(code, values);

        foreach ((string name, object? value) in values)
        {
            string style = ErrorText.Placeholders(code.Detail + code.Remedy).First(p => p.Name == name).Style;
            Assert.Contains(ErrorText.FormatValue(value, style), exception.Message + exception.Remedy);
        }

        Assert.DoesNotContain("not given", exception.Message + exception.Remedy);
        Assert.DoesNotContain("{", exception.Message + exception.Remedy);
    }

    [TestMethod, DynamicData(nameof(EveryCode))]
    public void Every_placeholder_has_a_known_style_and_a_plain_name(int number)
    {
        ErrorCode code = Find(number);
        foreach (ErrorPlaceholder placeholder in ErrorText.Placeholders(code.Detail + code.Remedy))
        {
            Assert.IsTrue(placeholder.Style is "" or "hex" or "bytes", $"{code}: style '{placeholder.Style}'");
            Assert.MatchesRegex("^[a-z][A-Za-z0-9]*$", placeholder.Name, $"{code}");
        }
    }

    [TestMethod, DynamicData(nameof(EveryCode))]
    public void Every_code_reads_like_the_others(int number)
    {
        ErrorCode code = Find(number);
        Assert.MatchesRegex("^[A-Z][^.{}]*[^.{}]$", code.Title, $"{code}: a few words, no values, no full stop");
        Assert.IsLessThanOrEqualTo(60, code.Title.Length, $"{code}: title");
        Assert.IsTrue(code.Detail.EndsWith('.') || code.Detail == "{problem}", $"{code}: detail is a sentence");
        Assert.MatchesRegex("^[A-Z].*\\.$", code.Remedy, $"{code}: the remedy is a sentence");
        Assert.IsTrue(
            char.IsUpper(code.Remedy[0]) && !code.Remedy.StartsWith("The ", StringComparison.Ordinal),
            $"{code}: the remedy begins with what to do");
        Assert.IsTrue(code.Exit is not ExitCode.Ok && Enum.IsDefined(code.Exit), $"{code}: exit code");
        Assert.IsTrue((int)code.Exit is < 126 or 130, $"{code}: shells keep the codes from 126 on");
    }

    [TestMethod]
    [DataRow("FW1001", "FileNotFound")]
    [DataRow("fw1001", "FileNotFound")]
    [DataRow(" 1001 ", "FileNotFound")]
    [DataRow("filenotfound", "FileNotFound")]
    [DataRow("FW4242", null)]
    [DataRow("", null)]
    [DataRow("FW", null)]
    [DataRow("FW99999999999999", null)]
    [DataRow("-1001", null)]
    public void Finds_a_code_by_what_a_user_types(string text, string? expected)
        => Assert.AreEqual(expected, ErrorCatalog.Find(text)?.Name);

    private static ErrorCode Find(int number)
        => ErrorCatalog.Find(number.ToString(CultureInfo.InvariantCulture))!;

    private static object SampleFor(string style, int index) => style switch
    {
        "hex" => 0x1000 + index,
        "bytes" => 70000 + index,
        _ => $"sample {index}",
    };
}
