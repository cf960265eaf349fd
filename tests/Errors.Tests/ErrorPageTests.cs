using Twinbank.Testing;

namespace Twinbank.Errors.Tests;

[TestClass]
public sealed class ErrorPageTests
{
    [TestMethod]
    public void The_page_in_docs_is_the_catalogue()
    {
        string path = RepositoryRoot.Combine("docs/errors.md");
        string expected = ErrorPage.ToMarkdown();
        if (Environment.GetEnvironmentVariable("TWINBANK_UPDATE") == "1")
        {
            File.WriteAllText(path, expected);
        }

        Assert.AreEqual(
            expected,
            File.ReadAllText(path),
            "docs/errors.md is behind: run TWINBANK_UPDATE=1 dotnet run --project tests/Errors.Tests");
    }
}
