using System.Buffers;
using System.Globalization;
using System.Text;

namespace Twinbank.Formats;

/// <summary>Pairs of hex digits in text files.</summary>
static class HexDigits
{
    /// <summary>Decodes all digits; false when there is an odd number, another character, or no room.</summary>
    internal static bool TryDecode(ReadOnlySpan<byte> digits, Span<byte> target, out int count)
    {
        count = 0;
        return digits.Length / 2 <= target.Length
            && Convert.FromHexString(digits, target, out _, out count) == OperationStatus.Done
            && count * 2 == digits.Length;
    }

    /// <summary>The start of a line as text that is safe on a terminal.</summary>
    internal static string Show(ReadOnlySpan<byte> line)
    {
        const int shownLengthMax = 24;
        var text = new StringBuilder();
        foreach (byte b in line[..Math.Min(line.Length, shownLengthMax)])
        {
            bool isPrintable = b is >= (byte)' ' and <= (byte)'~';
            text.Append(isPrintable ? ((char)b).ToString() : "\\x" + b.ToString("X2", CultureInfo.InvariantCulture));
        }

        return line.Length > shownLengthMax ? text + "..." : text.ToString();
    }
}
