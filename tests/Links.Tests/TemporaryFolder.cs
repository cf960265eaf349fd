namespace Twinbank.Links.Tests;

/// <summary>A folder for one test, deleted after it. Short, since socket paths have 108 characters at most.</summary>
internal sealed class TemporaryFolder : IDisposable
{
    public string Path { get; } = Directory.CreateTempSubdirectory("fwlink").FullName;

    public string File(string name) => System.IO.Path.Combine(Path, name);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
