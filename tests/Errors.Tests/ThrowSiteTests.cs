using System.Text.RegularExpressions;
using Twinbank.Testing;

namespace Twinbank.Errors.Tests;

/// <summary>
/// Reads the sources: the compiler cannot see that a throw gives each value its text names, and an error path that
/// no test takes would show the gap only to a user.
/// </summary>
[TestClass]
public sealed partial class ThrowSiteTests
{
    [TestMethod]
    public void Every_throw_gives_the_values_that_its_text_names()
    {
        var problems = new List<string>();
        int siteCount = 0;
        foreach (string path in SourceFiles())
        {
            foreach ((ErrorCode? code, string name, string arguments) in Sites(File.ReadAllText(path)))
            {
                siteCount++;
                problems.AddRange(ProblemsOf(code, name, arguments)
                    .Select(problem => $"{Path.GetRelativePath(RepositoryRoot.Path, path)}: {problem}"));
            }
        }

        TestContext.WriteLine($"{siteCount} throw sites");
        Assert.IsEmpty(problems, string.Join('\n', problems));
    }

    [TestMethod]
    public void Notices_a_value_that_is_missing()
    {
        (ErrorCode? code, string name, string arguments) = Sites(
            """throw new FirmwareException(ErrorCode.FileTooLarge, ("path", Name(")")), ("size", 1));""").Single();
        CollectionAssert.AreEqual(
            new[] { "FileTooLarge is thrown without {limit}" }, ProblemsOf(code, name, arguments).ToArray());
    }

    public required TestContext TestContext { get; init; }

    private static IEnumerable<string> SourceFiles()
        => Directory.EnumerateFiles(RepositoryRoot.Combine("firmware-tools"), "*.cs", SearchOption.AllDirectories)
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

    private static IEnumerable<(ErrorCode? Code, string Name, string Arguments)> Sites(string source)
    {
        foreach (Match match in ThrowStart().Matches(source))
        {
            string name = match.Groups[1].Value;
            yield return (ErrorCatalog.Find(name), name, Balanced(source, match.Index + match.Length));
        }
    }

    private static IEnumerable<string> ProblemsOf(ErrorCode? code, string name, string arguments)
    {
        if (code is null)
        {
            yield return $"{name} is not in the catalogue";
            yield break;
        }

        if (ValuesFromElsewhere().IsMatch(arguments))
        {
            yield break;
        }

        var given = ValueName().Matches(arguments).Select(match => match.Groups[1].Value).ToHashSet();
        foreach (ErrorPlaceholder placeholder in ErrorText.Placeholders(code.Detail + code.Remedy))
        {
            if (!given.Contains(placeholder.Name))
            {
                yield return $"{name} is thrown without {{{placeholder.Name}}}";
            }
        }
    }

    /// <summary>
    /// The text from a position inside an open bracket to the bracket that closes it, strings skipped.
    /// </summary>
    private static string Balanced(string source, int start)
    {
        bool inString = false;
        for (int i = start, depth = 1; i < source.Length; i++)
        {
            char c = source[i];
            if (c == '"' && source[i - 1] != '\\')
            {
                inString = !inString;
            }

            depth += inString ? 0 : c == '(' ? 1 : c == ')' ? -1 : 0;
            if (depth == 0)
            {
                return source[start..i];
            }
        }

        return source[start..];
    }

    [GeneratedRegex(@"new FirmwareException\(\s*(?:code:\s*)?ErrorCode\.(\w+)")]
    private static partial Regex ThrowStart();

    [GeneratedRegex(@"\(\s*""(\w+)""\s*,")]
    private static partial Regex ValueName();

    /// <summary>Values that were collected in a variable cannot be judged from the text.</summary>
    [GeneratedRegex(@",\s*(\w*[vV]alues)\b|\[\s*\.\.")]
    private static partial Regex ValuesFromElsewhere();
}
