namespace Twinbank.Testing;

/// <summary>Where the tests find files that are not built into them. Each test project links this file.</summary>
internal static class RepositoryRoot
{
    const string Marker = "Firmware.sln";

    /// <summary>Full path of the repository: the nearest folder above the binary with Firmware.sln in it.</summary>
    /// <exception cref="DirectoryNotFoundException">The test binary was moved out of the repository.</exception>
    public static string Path { get; } = Find();

    /// <summary>Full path below the repository root, from parts with forward slashes: "boards/chips".</summary>
    public static string Combine(string relativePath)
        => System.IO.Path.GetFullPath(System.IO.Path.Combine(Path, relativePath));

    /// <summary>
    /// A folder of vectors that are not part of the repository: the environment variable when it is set, else the
    /// folder relative to the repository root. Null when it does not exist; the test then ends with
    /// <c>Assert.Inconclusive</c> and the reason.
    /// </summary>
    public static string? FindExternalFolder(string environmentVariable, string relativePath)
    {
        string? configured = Environment.GetEnvironmentVariable(environmentVariable);
        string folder = string.IsNullOrEmpty(configured) ? Combine(relativePath) : configured;
        return Directory.Exists(folder) ? folder : null;
    }

    static string Find()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, Marker)))
        {
            folder = folder.Parent;
        }

        return folder?.FullName ?? throw new DirectoryNotFoundException(
            $"No folder above '{AppContext.BaseDirectory}' holds {Marker}. Run the tests from inside the repository.");
    }
}
