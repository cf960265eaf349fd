using System.Reflection;

namespace Twinbank.Boards;

/// <summary>The board files that the assembly carries.</summary>
sealed class BuiltInBoardFiles : BoardFiles
{
    const string Extension = ".json";

    static readonly Assembly s_assembly = typeof(BuiltInBoardFiles).Assembly;

    internal override string Source => "built in";

    internal override IReadOnlyList<string> Ids(string kind) =>
    [
        .. s_assembly.GetManifestResourceNames()
            .Where(name => name.StartsWith(kind + "/", StringComparison.Ordinal))
            .Select(name => name[(kind.Length + 1)..^Extension.Length])
            .Order(StringComparer.Ordinal),
    ];

    internal override string PathOf(string kind, string id) => $"built in: {kind}/{id}{Extension}";

    internal override byte[]? Read(string kind, string id) => ReadResource($"{kind}/{id}{Extension}");

    internal static byte[]? ReadResource(string name)
    {
        using Stream? stream = s_assembly.GetManifestResourceStream(name);
        if (stream is null)
        {
            return null;
        }

        byte[] bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
