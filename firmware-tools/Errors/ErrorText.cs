using System.Collections;
using System.Globalization;
using System.Text;

namespace Twinbank.Errors;

/// <summary>Puts named values into the texts of the catalogue.</summary>
public static class ErrorText
{
    /// <summary>
    /// The template with each <c>{name}</c>, <c>{name:hex}</c> and <c>{name:bytes}</c> replaced by its value. A value
    /// that is missing shows as <c>(name not given)</c>: an error text must not fail while it reports another error.
    /// </summary>
    public static string Format(string template, IReadOnlyList<(string Name, object? Value)> values)
    {
        var text = new StringBuilder(template.Length + 64);
        int position = 0;
        foreach (ErrorPlaceholder placeholder in Placeholders(template))
        {
            text.Append(template, position, placeholder.Start - position);
            text.Append(ValueOf(placeholder, values));
            position = placeholder.Start + placeholder.Length;
        }

        return text.Append(template, position, template.Length - position).ToString();
    }

    /// <summary>The places in a template that want a value, in order of appearance.</summary>
    public static IReadOnlyList<ErrorPlaceholder> Placeholders(string template)
    {
        var found = new List<ErrorPlaceholder>();
        for (int open = template.IndexOf('{'); open >= 0; open = template.IndexOf('{', open + 1))
        {
            int close = template.IndexOf('}', open);
            if (close < 0)
            {
                break;
            }

            string inner = template[(open + 1)..close];
            int colon = inner.IndexOf(':');
            found.Add(colon < 0
                ? new ErrorPlaceholder(inner, "", open, close + 1 - open)
                : new ErrorPlaceholder(inner[..colon], inner[(colon + 1)..], open, close + 1 - open));
        }

        return found;
    }

    /// <summary>A value as text. Style "hex": 0x and at least eight digits for numbers, plain hex digits for byte
    /// strings. Style "bytes": the number of bytes, with KiB or MiB in brackets from 1024 on. Else: as it is.</summary>
    public static string FormatValue(object? value, string style) => (style, value) switch
    {
        (_, null) => "none",
        (_, byte[] bytes) => Convert.ToHexStringLower(bytes),
        (_, ReadOnlyMemory<byte> bytes) => Convert.ToHexStringLower(bytes.Span),
        ("hex", IFormattable number) => "0x" + number.ToString("X8", CultureInfo.InvariantCulture),
        ("bytes", IConvertible number and not string) => FormatSize(number.ToInt64(CultureInfo.InvariantCulture)),
        (_, string text) => text,
        (_, IEnumerable items) => string.Join(", ", items.Cast<object?>().Select(item => FormatValue(item, style))),
        (_, IFormattable other) => other.ToString(null, CultureInfo.InvariantCulture),
        _ => value.ToString() ?? "",
    };

    /// <summary>"1 byte", "517 bytes", "70000 bytes (68.4 KiB)".</summary>
    public static string FormatSize(long bytes)
    {
        string plain = bytes == 1 ? "1 byte" : bytes.ToString(CultureInfo.InvariantCulture) + " bytes";
        return bytes switch
        {
            < 1024 => plain,
            < 1024 * 1024 => string.Create(CultureInfo.InvariantCulture, $"{plain} ({bytes / 1024.0:0.#} KiB)"),
            < 1024L * 1024 * 1024 =>
                string.Create(CultureInfo.InvariantCulture, $"{plain} ({bytes / 1048576.0:0.#} MiB)"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{plain} ({bytes / 1073741824.0:0.#} GiB)"),
        };
    }

    private static string ValueOf(ErrorPlaceholder placeholder, IReadOnlyList<(string Name, object? Value)> values)
    {
        foreach ((string name, object? value) in values)
        {
            if (name == placeholder.Name)
            {
                return FormatValue(value, placeholder.Style);
            }
        }

        return $"({placeholder.Name} not given)";
    }
}
