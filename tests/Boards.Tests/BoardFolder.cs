using System.Text.Json.Nodes;
using Twinbank.Testing;

namespace Twinbank.Boards.Tests;

/// <summary>A temporary copy of the shipped board data that a test may damage.</summary>
sealed class BoardFolder : IDisposable
{
    internal BoardFolder()
    {
        Path = Directory.CreateTempSubdirectory("twinbank-boards-").FullName;
        string source = RepositoryRoot.Combine("boards");
        foreach (string file in Directory.EnumerateFiles(source, "*.json", SearchOption.AllDirectories))
        {
            string target = System.IO.Path.Combine(Path, System.IO.Path.GetRelativePath(source, file));
            Directory.CreateDirectory(System.IO.Path.GetDirectoryName(target)!);
            File.Copy(file, target);
        }
    }

    internal string Path { get; }

    internal string FileOf(string boardId) => System.IO.Path.Combine(Path, "boards", boardId + ".json");

    /// <summary>Changes one board file as JSON.</summary>
    internal void Change(string boardId, Action<JsonNode> change)
    {
        JsonNode json = JsonNode.Parse(File.ReadAllText(FileOf(boardId)))!;
        change(json);
        File.WriteAllText(FileOf(boardId), json.ToJsonString());
    }

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
