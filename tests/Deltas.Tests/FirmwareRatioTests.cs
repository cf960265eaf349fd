using System.Diagnostics;
using Twinbank.Testing;

namespace Twinbank.Deltas.Tests;

/// <summary>
/// How short recipes of compiled code are, beside the tools that everyone has: a program with newlib, in two revisions,
/// in blocks of 64 KiB and in blocks of 4 KiB.
/// </summary>
[TestClass]
public sealed class FirmwareRatioTests
{
    const int TimeoutMilliseconds = 120_000;
    const int LargeBlockBytes = 65536;
    const int SmallBlockBytes = 4096;

    static readonly string s_folder = Directory.CreateTempSubdirectory("twinbank-ratio-").FullName;
    static readonly Lazy<(byte[] Old, byte[] New)> s_firmware = new(() => (Build(1, "one"), Build(2, "two (new)")));

    public TestContext TestContext { get; set; } = null!;

    [ClassCleanup]
    public static void RemoveFolder() => Directory.Delete(s_folder, recursive: true);

    [TestMethod]
    public void Compresses_about_as_well_as_xz()
    {
        byte[] image = s_firmware.Value.New;
        Run("xz-utils", "xz", "-9", "--keep", "--force", "2.bin");
        long xzBytes = new FileInfo(Path.Combine(s_folder, "2.bin.xz")).Length;
        int largeBytes = EncodeBlocks(image, null, LargeBlockBytes);
        int smallBytes = EncodeBlocks(image, null, SmallBlockBytes);
        TestContext.WriteLine(
            $"{image.Length} bytes: xz {xzBytes}, 64 KiB blocks {largeBytes}, 4 KiB blocks {smallBytes}");
        Assert.IsLessThan(xzBytes * 1.05, largeBytes);
        Assert.IsLessThan(xzBytes * 1.20, smallBytes);
    }

    [TestMethod]
    public void Makes_smaller_deltas_than_bsdiff()
    {
        (byte[] old, byte[] next) = s_firmware.Value;
        Run("bsdiff", "bsdiff", "1.bin", "2.bin", "1-2.bsdiff");
        long bsdiffBytes = new FileInfo(Path.Combine(s_folder, "1-2.bsdiff")).Length;
        int largeBytes = EncodeBlocks(next, old, LargeBlockBytes);
        int smallBytes = EncodeBlocks(next, old, SmallBlockBytes);
        TestContext.WriteLine($"bsdiff {bsdiffBytes}, 64 KiB blocks {largeBytes}, 4 KiB blocks {smallBytes}");
        Assert.IsLessThan(bsdiffBytes * 0.8, largeBytes);
        Assert.IsLessThan(bsdiffBytes, smallBytes);
    }

    // Each recipe is decoded, too: these are the longest real inputs of this project.
    static int EncodeBlocks(byte[] image, byte[]? baseImage, int blockBytes)
    {
        var codec = new RangeRecipeCodec();
        RecipeBase? index = baseImage == null ? null : new RecipeBase(baseImage);
        int sum = 0;
        for (int start = 0; start < image.Length; start += blockBytes)
        {
            byte[] block = image[start..Math.Min(image.Length, start + blockBytes)];
            uint baseOffset = baseImage == null ? 0u : (uint)start;
            byte[] recipe = codec.Encode(block, index, baseOffset);
            CollectionAssert.AreEqual(block, Decoding.Decode(recipe, baseImage ?? [], block.Length, baseOffset));
            sum += recipe.Length;
        }

        return sum;
    }

    static byte[] Build(int revision, string text)
    {
        string source = RepositoryRoot.Combine("tests/Deltas.Tests/Firmware/station.c");
        Run(
            "gcc-arm-none-eabi", "arm-none-eabi-gcc", "-Os", "-mcpu=cortex-m3", "-mthumb", "--specs=rdimon.specs",
            "-ffunction-sections", "-Wl,--gc-sections", $"-DREVISION={revision}", $"-DREVISION_TEXT=\"{text}\"",
            source, "-lm", "-o", $"{revision}.elf");
        Run(
            "binutils-arm-none-eabi", "arm-none-eabi-objcopy", "--output-target=binary", $"{revision}.elf",
            $"{revision}.bin");
        return File.ReadAllBytes(Path.Combine(s_folder, $"{revision}.bin"));
    }

    static void Run(string package, string program, params string[] arguments)
    {
        bool isInstalled = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Any(folder => File.Exists(Path.Combine(folder, program)));
        if (!isInstalled)
        {
            Assert.Inconclusive($"{program} is not installed (apt-get install {package})");
        }

        var start = new ProcessStartInfo(program, arguments)
        {
            WorkingDirectory = s_folder,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        string error = process.StandardError.ReadToEnd();
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill();
            Assert.Fail($"{program} did not end");
        }

        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}: {error}");
    }
}
