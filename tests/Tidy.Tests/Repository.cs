using Twinbank.Testing;

namespace Twinbank.Tidy.Tests;

/// <summary>The files of this clone: sources, not what builds and tests leave behind.</summary>
internal static class Repository
{
    static readonly string[] s_generatedFolders =
    [
        ".git", ".vs", ".vscode", "bin", "obj", "artifacts", "TestResults", "quickstart-out",
        "BenchmarkDotNet.Artifacts",
    ];

    static readonly string[] s_textExtensions =
    [
        ".cs", ".csproj", ".props", ".proj", ".targets", ".sln", ".json", ".md", ".sh", ".c", ".h", ".S", ".ld", ".txt",
        ".xml", ".svg", ".yml", ".yaml", ".editorconfig", ".gitattributes", ".gitignore", "",
    ];

    /// <summary>Absolute path of the folder that holds Firmware.sln.</summary>
    public static string Root => RepositoryRoot.Path;

    static readonly Lazy<string[]> s_files = new(() => [.. Walk(Root).Order(StringComparer.Ordinal)]);

    static readonly Lazy<SourceFile[]> s_sources =
        new(() => [.. Files.Where(path => path.EndsWith(".cs", StringComparison.Ordinal)).Select(SourceFile.Load)]);

    /// <summary>Every file, as a path relative to <see cref="Root"/> with forward slashes, in ordinal order.</summary>
    public static IReadOnlyList<string> Files => s_files.Value;

    /// <summary>Every C# file, parsed once for all tests.</summary>
    public static IReadOnlyList<SourceFile> Sources => s_sources.Value;

    /// <summary>Files that people write and read as text. What lies under tests/Vectors is data.</summary>
    public static IEnumerable<string> TextFiles
        => Files.Where(path => !IsUnder(path, "tests/Vectors")
            && s_textExtensions.Contains(Path.GetExtension(path), StringComparer.Ordinal));

    public static string FullPath(string path) => Path.Combine(Root, path);

    public static string Read(string path) => File.ReadAllText(FullPath(path));

    public static string[] ReadLines(string path) => Read(path).ReplaceLineEndings("\n").TrimEnd('\n').Split('\n');

    public static bool Exists(string path) => Path.Exists(FullPath(path));

    public static bool IsUnder(string path, params string[] folders)
        => folders.Any(folder => path.StartsWith(folder + "/", StringComparison.Ordinal));

    static IEnumerable<string> Walk(string folder)
    {
        foreach (string file in Directory.EnumerateFiles(folder))
        {
            yield return Path.GetRelativePath(Root, file).Replace('\\', '/');
        }

        foreach (string child in Directory.EnumerateDirectories(folder))
        {
            bool isGenerated = s_generatedFolders.Contains(Path.GetFileName(child), StringComparer.Ordinal);
            foreach (string file in isGenerated ? [] : Walk(child))
            {
                yield return file;
            }
        }
    }
}
