using System.Globalization;
using System.Text;

namespace Twinbank.Errors;

/// <summary>Writes docs/errors.md from the catalogue.</summary>
public static class ErrorPage
{
    /// <summary>The whole page as Markdown with LF line ends.</summary>
    public static string ToMarkdown()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Errors

            Every error of the tools has a code that never changes, says what was found, and what to do about it.
            `fw explain FW1001` prints the same text. Words in braces are replaced by the values of the case at hand.
            *Worth a retry* means that the same command can succeed later without any change.

            This page is made from `firmware-tools/Errors`; a test compares the two. Make it again with
            `TWINBANK_UPDATE=1 dotnet run --project tests/Errors.Tests`.

            The exit code of `fw` tells scripts what kind of end it was:

            | exit code | meaning |
            |---|---|
            | 0 | done as asked |
            | 1 | the operation failed |
            | 2 | the command line is wrong or incomplete |
            | 3 | no device answered |
            | 4 | refused: verification or the state of the device says no |
            | 5 | the server or the network failed |
            | 6 | busy: somebody else holds the port or the device |
            | 130 | cancelled with Ctrl-C |

            """);
        foreach ((int first, string title) in ErrorCatalog.Ranges)
        {
            page.Append(CultureInfo.InvariantCulture, $"\n## FW{first / 1000}xxx: {title}\n");
            foreach (ErrorCode code in ErrorCatalog.All.Where(code => code.Number / 1000 == first / 1000))
            {
                AppendEntry(page, code);
            }
        }

        return page.ToString();
    }

    private static void AppendEntry(StringBuilder page, ErrorCode code)
    {
        page.Append(CultureInfo.InvariantCulture, $"\n### {code.Id} {code.Title}\n\n");
        page.Append(code.Detail).Append("\n\n");
        page.Append("**What to do:** ").Append(code.Remedy).Append("\n\n");
        page.Append(CultureInfo.InvariantCulture, $"Exit code {(int)code.Exit}");
        page.Append(code.IsTransient ? ", worth a retry.\n" : ".\n");
    }
}
