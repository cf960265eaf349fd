using System.Globalization;
using System.Reflection;

namespace Twinbank.Errors;

/// <summary>All error codes, found by reflection so that a new one cannot be left out.</summary>
public static class ErrorCatalog
{
    /// <summary>Every code, in order of its number.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } = [.. typeof(ErrorCode)
        .GetFields(BindingFlags.Public | BindingFlags.Static)
        .Where(field => field.FieldType == typeof(ErrorCode))
        .Select(field => (ErrorCode)field.GetValue(null)!)
        .OrderBy(code => code.Number)];

    /// <summary>The ranges in order, each with the number it starts at and what it is about.</summary>
    public static IReadOnlyList<(int First, string Title)> Ranges { get; } =
    [
        (1000, "Inputs, keys and build"),
        (2000, "Images, signatures and deltas"),
        (3000, "Server and network"),
        (4000, "Links and devices"),
        (5000, "Boards and simulator"),
        (9000, "Defects of the tool"),
    ];

    /// <summary>Finds a code by "FW1001", "fw1001", "1001" or its name; null when there is none.</summary>
    public static ErrorCode? Find(string text)
    {
        string trimmed = text.Trim();
        string digits = trimmed.StartsWith("FW", StringComparison.OrdinalIgnoreCase) ? trimmed[2..] : trimmed;
        return int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int number)
            ? All.FirstOrDefault(code => code.Number == number)
            : All.FirstOrDefault(code => code.Name.Equals(trimmed, StringComparison.OrdinalIgnoreCase));
    }
}
