using System.Diagnostics;

namespace Twinbank.Benchmarks.Deltas;

/// <summary>A delta tool that everyone has, run as its users run it.</summary>
/// <param name="Name">For the table.</param>
/// <param name="Program">To make a patch.</param>
/// <param name="Arguments">With {old}, {new} and {patch}.</param>
/// <param name="UndoProgram">To apply it.</param>
/// <param name="UndoArguments">With {old}, {patch} and {out}.</param>
internal sealed record PeerTool(
    string Name, string Program, string[] Arguments, string UndoProgram, string[] UndoArguments)
{
    const int TimeoutMilliseconds = 120_000;

    public static PeerTool[] All { get; } =
    [
        new("bsdiff", "bsdiff", ["{old}", "{new}", "{patch}"], "bspatch", ["{old}", "{out}", "{patch}"]),
        new(
            "xdelta3", "xdelta3", ["-9", "-S", "lzma", "-f", "-e", "-s", "{old}", "{new}", "{patch}"],
            "xdelta3", ["-f", "-d", "-s", "{old}", "{patch}", "{out}"]),
        new(
            "zstd --patch-from", "zstd", ["-q", "-f", "--ultra", "-22", "--patch-from={old}", "{new}", "-o", "{patch}"],
            "zstd", ["-q", "-f", "-d", "--patch-from={old}", "{patch}", "-o", "{out}"]),
    ];

    /// <summary>Bytes of the patch, after applying it and comparing; null when the tool is not installed.</summary>
    public long? Measure(string folder, byte[] old, byte[] next)
    {
        string PathOf(string name) => Path.Combine(folder, name);
        File.WriteAllBytes(PathOf("old"), old);
        File.WriteAllBytes(PathOf("new"), next);
        File.Delete(PathOf("patch"));
        File.Delete(PathOf("out"));
        string Fill(string argument) => argument
            .Replace("{old}", PathOf("old"), StringComparison.Ordinal)
            .Replace("{new}", PathOf("new"), StringComparison.Ordinal)
            .Replace("{patch}", PathOf("patch"), StringComparison.Ordinal)
            .Replace("{out}", PathOf("out"), StringComparison.Ordinal);
        if (!Run(Program, [.. Arguments.Select(Fill)]) || !Run(UndoProgram, [.. UndoArguments.Select(Fill)]))
        {
            return null;
        }

        return File.ReadAllBytes(PathOf("out")).AsSpan().SequenceEqual(next)
            ? new FileInfo(PathOf("patch")).Length
            : throw new InvalidOperationException($"What {Name} makes of its own patch is not the new file.");
    }

    static bool Run(string program, string[] arguments)
    {
        bool isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
        if (!isInstalled)
        {
            return false;
        }

        using var process = Process.Start(
            new ProcessStartInfo(program, arguments) { RedirectStandardError = true, RedirectStandardOutput = true })!;
        string error = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill();
        }

        return process.ExitCode == 0
            ? true
            : throw new InvalidOperationException($"{program} {string.Join(' ', arguments)}: {error}");
    }
}
