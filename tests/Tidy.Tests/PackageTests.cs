using System.Text.RegularExpressions;

namespace Twinbank.Tidy.Tests;

[TestClass]
public sealed partial class PackageTests
{
    const string VersionsPath = "Directory.Packages.props";
    const string ReasonsPath = "docs/dependencies.md";

    [TestMethod]
    public void Versions_stand_in_one_place()
        => Finding.AssertNone(ProjectFile.All.SelectMany(project => project.OwnPackageVersions.Select(package =>
            new Finding(project.Path, 0, $"gives {package} a version of its own; put it into {VersionsPath}"))));

    /// <summary>Versions of one family (a package and its test double) share the comment above the first.</summary>
    [TestMethod]
    public void Each_group_of_versions_has_a_comment_with_its_reason()
    {
        string[] lines = Repository.ReadLines(VersionsPath);
        var findings = new List<Finding>();
        bool hasReason = false;
        for (int i = 0; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            hasReason |= line.EndsWith("-->", StringComparison.Ordinal);
            if (line is "" or "<ItemGroup>")
            {
                hasReason = false;
            }

            if (PackageVersion().IsMatch(line) && !hasReason)
            {
                findings.Add(new Finding(VersionsPath, i + 1, "has no comment above that says why this version"));
            }
        }

        Finding.AssertNone(findings);
    }

    [TestMethod]
    public void Each_package_is_used_and_its_use_explained()
    {
        string reasons = Repository.Read(ReasonsPath);
        string[] used = [.. ProjectFile.All.SelectMany(project => project.PackageReferences), .. InheritedPackages()];
        Finding.AssertNone(Packages().SelectMany(package => Judge(package, used.Contains(package), reasons)));
    }

    static IEnumerable<Finding> Judge(string package, bool isUsed, string reasons)
    {
        if (!isUsed)
        {
            yield return new(VersionsPath, 0, $"{package} is used by no project; take its version out");
        }

        if (!reasons.Contains($"| {package} |", StringComparison.Ordinal))
        {
            yield return new(ReasonsPath, 0,
                $"has no row for {package}; say why it is used, its licence, and what we would write otherwise");
        }
    }

    static IEnumerable<string> Packages()
        => PackageVersion().Matches(Repository.Read(VersionsPath)).Select(match => match.Groups[1].Value);

    /// <summary>Packages that a Directory.Build.props or an imported file hands to many projects.</summary>
    static IEnumerable<string> InheritedPackages()
        => Repository.Files.Where(path => Path.GetExtension(path) is ".props" or ".targets")
            .SelectMany(path => PackageReference().Matches(Repository.Read(path)))
            .Select(match => match.Groups[1].Value);

    [GeneratedRegex("<PackageVersion Include=\"([^\"]+)\"")]
    private static partial Regex PackageVersion();

    [GeneratedRegex("<PackageReference Include=\"([^\"]+)\"")]
    private static partial Regex PackageReference();
}
