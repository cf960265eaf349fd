using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Twinbank.Testing;

namespace Twinbank.Portability.Tests;

/// <summary>
/// The C sample is linked as device-agent/specs/boot-services.md section 6 says, and builds the same anywhere.
/// </summary>
[TestClass]
public sealed partial class SampleTests
{
    const int ImageBytesMin = 60 * 1024;

    /// <summary>
    /// A segment that has bytes in the file: where they are in the image, and where the program sees them.
    /// </summary>
    sealed record Segment(uint Virtual, uint Physical, int FileBytes);

    static readonly string s_folder = Path.Combine(Path.GetTempPath(), $"twinbank-samples-{Environment.ProcessId}");

    static readonly Lazy<string> s_first = new(() => Build("first"));

    [ClassCleanup]
    public static void Remove()
    {
        if (Directory.Exists(s_folder))
        {
            Directory.Delete(s_folder, recursive: true);
        }
    }

    [TestMethod]
    public void Builds_twice_to_the_same_bytes()
    {
        string first = s_first.Value;
        string second = Build("second");
        string[] names = [.. ElfFiles(first).Select(path => Path.GetRelativePath(first, path))];
        Assert.HasCount(14, names);
        foreach (string name in names)
        {
            Assert.AreEqual(Digest(Path.Combine(first, name)), Digest(Path.Combine(second, name)), name);
        }
    }

    [TestMethod]
    [DataRow("qemu-virt", 0x80000000u, 0x003C0000u, 0x44000000u)]
    [DataRow("emcraft-sf2", 0xA0000000u, 0x001F0000u, 0xA0000000u)]
    public void Is_linked_for_the_slots_of_its_board(string board, uint virtualBase, uint imageBytesMax, uint ramStart)
    {
        foreach (string path in ElfFiles(Path.Combine(s_first.Value, board)))
        {
            string headers = Run("arm-none-eabi-readelf", "--wide", "--file-header", "--program-headers", path);
            Segment[] segments = [.. Segments(headers)];
            Assert.HasCount(2, segments, headers);
            Assert.AreEqual(virtualBase, segments[0].Physical, "The image begins at the virtual base.");
            Assert.AreEqual(segments[0].Virtual, segments[0].Physical, "Code runs where it is in the image.");
            Assert.AreEqual(segments[0].Physical + (uint)segments[0].FileBytes, segments[1].Physical,
                "Initial data follow the code in the image.");
            Assert.IsGreaterThanOrEqualTo(ramStart, segments[1].Virtual, "Data run in the application's RAM.");
            uint imageBytes = segments[1].Physical + (uint)segments[1].FileBytes - virtualBase;
            Assert.IsInRange((uint)ImageBytesMin, imageBytesMax, imageBytes);
            Assert.AreEqual(1u, Entry(headers) & 1, "The entry is Thumb code.");
        }
    }

    static string Build(string name)
    {
        string output = Path.Combine(s_folder, name);
        Run(RepositoryRoot.Combine("scripts/build-samples.sh"), "--only", "newlib", "--output", output);
        return output;
    }

    static IEnumerable<string> ElfFiles(string folder)
        => Directory.EnumerateFiles(folder, "hello-newlib-*.elf", SearchOption.AllDirectories)
            .Order(StringComparer.Ordinal);

    static string Digest(string path) => Convert.ToHexString(SHA256.HashData(File.ReadAllBytes(path)));

    static IEnumerable<Segment> Segments(string headers)
        => LoadLine().Matches(headers)
            .Select(match => new Segment(Hex(match, 1), Hex(match, 2), (int)Hex(match, 3)))
            .Where(segment => segment.FileBytes > 0);

    static uint Entry(string headers) => Hex(EntryLine().Match(headers), 1);

    static uint Hex(Match match, int group)
        => uint.Parse(match.Groups[group].ValueSpan, NumberStyles.HexNumber, CultureInfo.InvariantCulture);

    static string Run(string program, params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            })!;
            Task<string> errors = process.StandardError.ReadToEndAsync();
            string output = process.StandardOutput.ReadToEnd();
            process.WaitForExit();
            if (errors.Result.Contains("is needed to build", StringComparison.Ordinal))
            {
                Assert.Inconclusive(errors.Result);
            }

            Assert.AreEqual(0, process.ExitCode, errors.Result);
            return output;
        }
        catch (Win32Exception)
        {
            Assert.Inconclusive($"{program} is not there; scripts/test.sh installs it where it may.");
            throw;
        }
    }

    [GeneratedRegex(@"^ +LOAD +0x[0-9a-f]+ 0x([0-9a-f]+) 0x([0-9a-f]+) 0x([0-9a-f]+)", RegexOptions.Multiline)]
    private static partial Regex LoadLine();

    [GeneratedRegex("Entry point address: +0x([0-9a-f]+)")]
    private static partial Regex EntryLine();
}
