using System.CommandLine;
using System.CommandLine.Completions;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Twinbank.Cli;

/// <summary>
/// System.CommandLine's suggest directive: <c>fw "[suggest:7]" "fw key "</c> prints what could stand at that position
/// of the line. The completion scripts call it.
/// </summary>
internal readonly partial record struct SuggestRequest(string Line, int Position)
{
    public static bool TryParse(IReadOnlyList<string> arguments, out SuggestRequest request)
    {
        request = default;
        if (arguments.Count is < 1 or > 2 || !Directive().Match(arguments[0]).Groups[1].Success)
        {
            return false;
        }

        string line = arguments.Count == 2 ? arguments[1] : "";
        string digits = Directive().Match(arguments[0]).Groups[1].Value;
        bool isNumber = int.TryParse(digits, NumberStyles.None, CultureInfo.InvariantCulture, out int position);
        request = new SuggestRequest(line, isNumber ? Math.Min(position, line.Length) : line.Length);
        return true;
    }

    /// <summary>Writes one suggestion per line.</summary>
    public void Answer(Command root, TextWriter output)
    {
        // What stands behind the cursor must not count: it may be the half of a word that is being replaced. The first
        // word is the program, by whatever path it was called.
        int afterProgram = Line.IndexOf(' ');
        string arguments = afterProgram < 0 || afterProgram >= Position ? "" : Line[(afterProgram + 1)..Position];
        string line = root.Name + " " + arguments;
        foreach (CompletionItem item in root.Parse(line).GetCompletions(line.Length))
        {
            output.WriteLine(item.InsertText ?? item.Label);
        }
    }

    [GeneratedRegex(@"^\[suggest:?(\d*)\]$")]
    private static partial Regex Directive();
}
