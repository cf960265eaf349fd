using System.Xml.Linq;
using Twinbank.Testing;

namespace Twinbank.Portability.Tests;

/// <summary>
/// The bare-metal compiler must see every portable file: a file that it does not compile proves nothing.
/// </summary>
[TestClass]
public sealed class BareMetalTests
{
    const string Folder = "device-agent/BareMetal";

    [TestMethod]
    public void The_bare_metal_build_compiles_all_portable_folders()
    {
        string[] globs = [.. ProjectFiles().SelectMany(Globs)];
        Assert.IsNotEmpty(globs, $"No project under {Folder} compiles anything.");
        string[] missing = [.. PortableSources.Folders.Where(folder => !globs.Any(glob => Covers(glob, folder)))];
        Assert.IsEmpty(missing, $"Add `../{{folder}}/**/*.cs` to the Compile items of a project under {Folder}.");
    }

    /// <summary>The boot stage's own sources are shared with the simulator, so they come by glob, too.</summary>
    [TestMethod]
    public void The_bare_metal_build_compiles_the_boot_stage()
        => Assert.Contains(true, ProjectFiles().SelectMany(Globs).Select(glob => Covers(glob, "device-agent/Boot")));

    static IEnumerable<string> ProjectFiles()
        => Directory.EnumerateFiles(RepositoryRoot.Combine(Folder), "*", SearchOption.AllDirectories)
            .Where(path => Path.GetExtension(path) is ".csproj" or ".props" or ".targets")
            .Where(path => !path.Contains($"{Path.DirectorySeparatorChar}obj{Path.DirectorySeparatorChar}"));

    /// <summary>Relative to the repository, with properties such as $(DeviceAgent) left as they are.</summary>
    static IEnumerable<string> Globs(string path)
        => XDocument.Load(path).Descendants()
            .Where(element => element.Name.LocalName is "Compile" or "Portable")
            .SelectMany(element => ((string?)element.Attribute("Include") ?? "").Split(';'))
            .Select(glob => glob.Trim().Replace('\\', '/'));

    /// <summary>True for "…/Core/**/*.cs": every file of the folder and of those below it.</summary>
    static bool Covers(string glob, string folder)
        => glob.EndsWith($"{folder[(folder.LastIndexOf('/') + 1)..]}/**/*.cs", StringComparison.Ordinal);
}
