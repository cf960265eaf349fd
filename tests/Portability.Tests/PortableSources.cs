using Twinbank.Testing;

namespace Twinbank.Portability.Tests;

/// <summary>The sources that are compiled by three compilers.</summary>
internal static class PortableSources
{
    public static readonly string[] Folders = ["device-agent/Core", "device-agent/Crypto", "device-agent/Agent"];

    /// <summary>Absolute paths of all files, without what a build leaves in obj/.</summary>
    public static IEnumerable<string> Files
        => Folders.SelectMany(folder => SourcesUnder(RepositoryRoot.Combine(folder)));

    public static IEnumerable<string> SourcesUnder(string folder)
        => Directory.EnumerateFiles(folder, "*.cs", SearchOption.AllDirectories)
            .Where(path => !IsLeftByABuild(Path.GetRelativePath(folder, path)))
            .Order(StringComparer.Ordinal);

    static bool IsLeftByABuild(string path)
        => path.Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj");
}
