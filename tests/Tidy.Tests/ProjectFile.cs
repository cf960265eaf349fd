using System.Xml.Linq;

namespace Twinbank.Tidy.Tests;

/// <summary>What the rules ask of an MSBuild project file.</summary>
internal sealed class ProjectFile
{
    readonly XDocument _document;

    ProjectFile(string path)
    {
        Path = path;
        _document = XDocument.Parse(Repository.Read(path));
    }

    /// <summary>Relative to the repository.</summary>
    public string Path { get; }

    public string Folder => Path[..Path.LastIndexOf('/')];

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    public static IEnumerable<ProjectFile> All
        => Repository.Files
            .Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))
            .Select(path => new ProjectFile(path));

    /// <summary>Referenced projects as paths relative to the repository.</summary>
    public IEnumerable<string> ProjectReferences
        => Items("ProjectReference").Select(include => Resolve(include));

    public IEnumerable<string> PackageReferences => Items("PackageReference");

    /// <summary>Compile globs outside the SDK's own, as paths relative to the repository, wildcards kept.</summary>
    public IEnumerable<string> CompileGlobs => Items("Compile").Select(include => Resolve(include));

    /// <summary>Versions that stand in the project instead of Directory.Packages.props.</summary>
    public IEnumerable<string> OwnPackageVersions
        => Elements("PackageReference")
            .Where(e => e.Attribute("Version") is not null || e.Attribute("VersionOverride") is not null)
            .Select(e => (string)e.Attribute("Include")!);

    string Resolve(string include)
    {
        string path = System.IO.Path.Combine(Repository.FullPath(Folder), include.Replace('\\', '/'));
        return System.IO.Path.GetRelativePath(Repository.Root, System.IO.Path.GetFullPath(path));
    }

    IEnumerable<string> Items(string element)
        => Elements(element).Select(e => (string?)e.Attribute("Include")).OfType<string>();

    IEnumerable<XElement> Elements(string name) => _document.Descendants().Where(e => e.Name.LocalName == name);
}
