using System.Text.RegularExpressions;

namespace Twinbank.Tidy.Tests;

[TestClass]
public sealed partial class TextTests
{
    /// <summary>
    /// This project tests for these words, and the compiler demands one of them of a core library.
    /// </summary>
    static readonly string[] s_excused = ["tests/Tidy.Tests", "device-agent/BareMetal/CoreLibrary"];

    static readonly string[] s_otherExtensions = [".png", ".user"];

    [TestMethod]
    public void Nothing_is_left_unfinished()
        => Finding.AssertNone(Lines()
            .Where(line => UnfinishedMark().IsMatch(line.Text))
            .Select(line => new Finding(line.Path, line.Number, "notes that work is left; do it, or file an issue")));

    /// <summary>A path of one machine works for one person.</summary>
    [TestMethod]
    public void No_path_of_one_machine_stands_in_the_project()
        => Finding.AssertNone(Lines()
            .Where(line => MachinePath().IsMatch(line.Text))
            .Select(line => new Finding(line.Path, line.Number,
                "names a folder of one machine; write a relative path, or ask Path.GetTempPath for a place")));

    [TestMethod]
    public void Text_ends_lines_the_same_way_everywhere()
        => Finding.AssertNone(Repository.TextFiles
            .Where(path => path != "Firmware.sln")
            .SelectMany(WhiteSpaceFindings));

    static IEnumerable<Finding> WhiteSpaceFindings(string path)
    {
        string text = Repository.Read(path);
        if (text.Contains('\r', StringComparison.Ordinal))
        {
            yield return new(path, 0, "has carriage returns; lines end with a line feed");
        }

        if (text.Length > 0 && !text.EndsWith('\n'))
        {
            yield return new(path, 0, "does not end with a line feed; add it");
        }

        string[] lines = text.Split('\n');
        for (int i = 0; i < lines.Length; i++)
        {
            if (lines[i].EndsWith(' ') || lines[i].EndsWith('\t'))
            {
                yield return new(path, i + 1, "ends with white space; remove it");
            }

            if (lines[i].Contains('\t', StringComparison.Ordinal) && !path.EndsWith(".sln", StringComparison.Ordinal))
            {
                yield return new(path, i + 1, "has a tab; indent with spaces, write \\t in strings");
            }
        }
    }

    /// <summary>Binary files are test vectors with an origin, or pictures; anything else a build left behind.</summary>
    [TestMethod]
    public void No_built_file_is_kept()
        => Finding.AssertNone(Repository.Files
            .Where(path => !Repository.IsUnder(path, "tests/Vectors") && !Repository.TextFiles.Contains(path))
            .Where(path => !s_otherExtensions.Contains(Path.GetExtension(path)))
            .Select(path => new Finding(path, 0,
                "is no source; remove it, or move it below tests/Vectors with a README that says where it is from")));

    static IEnumerable<(string Path, int Number, string Text)> Lines()
        => Repository.TextFiles.Where(path => !Repository.IsUnder(path, s_excused))
            .SelectMany(path => Repository.ReadLines(path).Select((text, index) => (path, index + 1, text)));

    [GeneratedRegex(@"\b(FIXME|TODO|HACK|XXX)\b|NotImplementedException|\[Ignore\b")]
    private static partial Regex UnfinishedMark();

    [GeneratedRegex(@"(^|[^A-Za-z0-9_.~\-])(/(work|farm|root|home|Users|tmp|mnt)/[A-Za-z.]|[A-Z]:\\[A-Za-z])")]
    private static partial Regex MachinePath();
}
