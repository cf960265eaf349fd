using Twinbank.Boards;
using Twinbank.Errors;
using Twinbank.Testing;

namespace Twinbank.Fuzz.Targets;

/// <summary>Board files beside the real chips: schema, reader and rules.</summary>
internal sealed class BoardFileTarget : FuzzTarget
{
    readonly BoardCatalog _catalog = BoardCatalog.FromFolder(RepositoryRoot.Combine("boards"));

    readonly string _path = Path.Combine(Path.GetTempPath(), $"twinbank-fuzz-{Environment.ProcessId}.json");

    /// <summary>The schema library keeps its findings as a tree.</summary>
    public override long AllocatedBytesMax => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Seeds()
        => [.. Directory.EnumerateFiles(RepositoryRoot.Combine("boards/boards"), "*.json")
            .Order(StringComparer.Ordinal)
            .Select(File.ReadAllBytes)];

    public override void Run(byte[] input)
    {
        try
        {
            File.WriteAllBytes(_path, input);
            _catalog.ReadFile(_path);
        }
        catch (FirmwareException refusal)
        {
            Assert.AreNotEqual("", refusal.Remedy);
        }
        finally
        {
            File.Delete(_path);
        }
    }
}
