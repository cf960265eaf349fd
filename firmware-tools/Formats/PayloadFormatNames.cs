namespace Twinbank.Formats;

/// <summary>The words for formats on the command line and in JSON: elf, hex, srec, raw, dfu, uf2.</summary>
public static class PayloadFormatNames
{
    static readonly (PayloadFormat Format, string Name)[] s_names =
    [
        (PayloadFormat.Elf, "elf"),
        (PayloadFormat.IntelHex, "hex"),
        (PayloadFormat.SRecord, "srec"),
        (PayloadFormat.Raw, "raw"),
        (PayloadFormat.Dfu, "dfu"),
        (PayloadFormat.Uf2, "uf2"),
    ];

    /// <summary>All words, in the order of help texts.</summary>
    public static IReadOnlyList<string> All { get; } = [.. s_names.Select(item => item.Name)];

    /// <summary>The word for the format.</summary>
    public static string Of(PayloadFormat format) => s_names.First(item => item.Format == format).Name;

    /// <summary>The format for the word, whatever its case; false when there is none.</summary>
    public static bool TryParse(string word, out PayloadFormat format)
    {
        foreach ((PayloadFormat candidate, string name) in s_names)
        {
            if (name.Equals(word, StringComparison.OrdinalIgnoreCase))
            {
                format = candidate;
                return true;
            }
        }

        format = default;
        return false;
    }
}
