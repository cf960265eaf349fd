using Twinbank.Testing;

namespace Twinbank.Cli.Tests;

[TestClass]
public sealed class CliPageTests
{
    [TestMethod]
    public void The_page_in_docs_is_the_command_tree()
    {
        string path = RepositoryRoot.Combine("docs/cli.md");
        string expected = CliPage.ToMarkdown();
        if (Environment.GetEnvironmentVariable("TWINBANK_UPDATE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.AreEqual(
            expected, File.ReadAllText(path),
            "docs/cli.md is behind: run TWINBANK_UPDATE=1 dotnet run --project tests/Cli.Tests");
    }
}
