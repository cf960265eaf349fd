using System.Diagnostics;
using System.Globalization;
using Twinbank.Testing;

namespace Twinbank.EndToEnd;

/// <summary>What is left of an emulated board when the program that started it is killed.</summary>
[TestClass]
[DoNotParallelize]
public sealed class AbandonedEmulatorTests
{
    public TestContext TestContext { get; set; } = null!;

    [TestMethod]
    [Timeout(120_000, CooperativeCancellation = true)]
    public async Task Ends_the_emulator_when_fw_is_killed()
    {
        string bootStage = EmulatedBench.BootStageOrSkip("EmcraftSf2");
        string folder = Directory.CreateTempSubdirectory("fw-e2e-").FullName;
        try
        {
            using Process fw = StartBoard(bootStage, Path.Combine(folder, "board"));
            while (await fw.StandardOutput.ReadLineAsync(TestContext.CancellationToken) is { } line)
            {
                if (line.EndsWith($" on unix:{folder}/board.sock", StringComparison.Ordinal))
                {
                    break;
                }
            }

            int emulator = ChildrenOf(fw.Id).Single(id => NameOf(id).StartsWith("qemu", StringComparison.Ordinal));
            fw.Kill();
            await fw.WaitForExitAsync(TestContext.CancellationToken);
            while (NameOf(emulator).StartsWith("qemu", StringComparison.Ordinal))
            {
                await Task.Delay(50, TestContext.CancellationToken);
            }
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static Process StartBoard(string bootStage, string state)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "fw.dll");
        string key = RepositoryRoot.Combine("tests/Vectors/keys/release-ed25519.pub.pem");
        return Process.Start(new ProcessStartInfo(
            "dotnet",
            [
                program, "sim", "run", "--board", "emcraft-sf2", "--boot-stage", bootStage, "--key", key,
                "--state", state, "--link", $"unix:{state}.sock",
            ])
        {
            RedirectStandardOutput = true,
        })!;
    }

    // A process belongs to the thread that started it; any thread of fw may have.
    static IEnumerable<int> ChildrenOf(int parent)
        => Directory.GetDirectories($"/proc/{parent}/task")
            .SelectMany(task => File.ReadAllText(Path.Combine(task, "children")).Split(' '))
            .Where(number => number.Length > 0)
            .Select(number => int.Parse(number, CultureInfo.InvariantCulture));

    static string NameOf(int process)
    {
        try
        {
            return File.ReadAllText($"/proc/{process}/comm");
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return "";
        }
    }
}
