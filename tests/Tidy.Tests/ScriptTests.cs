using System.Text.RegularExpressions;

namespace Twinbank.Tidy.Tests;

[TestClass]
public sealed partial class ScriptTests
{
    const UnixFileMode Executable = UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute;

    static IEnumerable<string> Programs
        => Repository.TextFiles.Where(path => Repository.Read(path).StartsWith("#!", StringComparison.Ordinal));

    [TestMethod]
    public void Programs_may_be_executed_and_nothing_else_may()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows keeps no executable bits.");
        }

        string[] programs = [.. Programs];
        Finding.AssertNone(Repository.TextFiles.SelectMany(path => ModeFindings(path, programs.Contains(path))));
    }

    static IEnumerable<Finding> ModeFindings(string path, bool isProgram)
    {
        UnixFileMode bits = OperatingSystem.IsWindows()
            ? default
            : File.GetUnixFileMode(Repository.FullPath(path)) & Executable;
        if (isProgram && bits != Executable)
        {
            yield return new(path, 1, "starts with `#!` but is not executable; chmod +x, and git add it");
        }

        if (!isProgram && bits != default)
        {
            yield return new(path, 1, "is executable but has no `#!` line; add it, or chmod -x");
        }
    }

    [TestMethod]
    public void Bash_programs_stop_at_the_first_failure()
        => Finding.AssertNone(Programs
            .Where(path => Repository.ReadLines(path)[0].EndsWith("bash", StringComparison.Ordinal))
            .Where(path => !IsStrict(Repository.Read(path)))
            .Select(path => new Finding(path, 2,
                "goes on after a failure; source scripts/lib/start.sh, or set errexit, nounset and pipefail")));

    /// <summary>A script that only hands over with exec has nothing after it that could go wrong.</summary>
    static bool IsStrict(string text)
        => text.Contains("lib/start.sh\"", StringComparison.Ordinal)
            || text.Contains("set -o errexit -o nounset -o pipefail", StringComparison.Ordinal)
            || text.Contains("set -euo pipefail", StringComparison.Ordinal)
            || text.Split('\n').Where(line => line.Length > 0 && line[0] != '#')
                .All(line => line.StartsWith("exec ", StringComparison.Ordinal));

    /// <summary>A reader types these; a wrong one costs more trust than a missing one.</summary>
    [TestMethod]
    public void Scripts_that_pages_name_are_there()
        => Finding.AssertNone(Repository.TextFiles
            .Where(path => path.EndsWith(".md", StringComparison.Ordinal))
            .SelectMany(page => ScriptName().Matches(Repository.Read(page))
                .Select(match => match.Value)
                .Where(script => !Repository.Exists(script))
                .Select(script => new Finding(page, 0, $"names {script}, which does not exist"))));

    [GeneratedRegex(@"scripts/[A-Za-z\-]+(\.sh|\.cs)?(?![A-Za-z/.<])")]
    private static partial Regex ScriptName();
}
