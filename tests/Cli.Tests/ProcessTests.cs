using System.Diagnostics;
using System.Globalization;

namespace Twinbank.Cli.Tests;

/// <summary>fw as a process of its own: what only the real console and real signals show.</summary>
[TestClass]
public sealed class ProcessTests
{
    private static readonly TimeSpan s_timeMax = TimeSpan.FromSeconds(60);

    [TestMethod]
    public async Task Keeps_results_and_errors_apart()
    {
        (int exit, string output, string error) = await RunAsync("explain", "FW1001");
        Assert.AreEqual(0, exit);
        Assert.StartsWith("FW1001", output);
        Assert.AreEqual("", error);

        (exit, output, error) = await RunAsync("explain", "FW0000");
        Assert.AreEqual(2, exit);
        Assert.AreEqual("", output);
        Assert.StartsWith("error FW1011", error);
    }

    [TestMethod]
    [DataRow(2, "no-such-command")]
    [DataRow(1, "key show no-such-file.pem")]
    [DataRow(3, "device info --port unix:/no/such/socket")]
    public async Task Ends_with_the_exit_code_of_its_error(int expected, string line)
    {
        (int exit, _, string error) = await RunAsync(line.Split(' '));
        Assert.AreEqual(expected, exit, error);
    }

    [TestMethod]
    public async Task Ends_with_130_after_an_interrupt()
    {
        if (OperatingSystem.IsWindows())
        {
            Assert.Inconclusive("Windows has no signals.");
            return;
        }

        using var folder = new TemporaryFolder();
        using Process simulator = Start("sim", "run", "--link", "unix:" + folder["line"]);
        await simulator.StandardOutput.ReadLineAsync().WaitAsync(s_timeMax);
        using Process monitor = Start("monitor", "--port", "unix:" + folder["line"]);

        // Interrupted while it waits, however far it came: before the handler is in place the shell's own answer to
        // SIGINT is 130, too.
        await Task.Delay(TimeSpan.FromSeconds(3), TimeProvider.System, CancellationToken.None);
        await InterruptAsync(monitor);
        await monitor.WaitForExitAsync().WaitAsync(s_timeMax);
        Assert.AreEqual(130, monitor.ExitCode, await monitor.StandardError.ReadToEndAsync());

        await InterruptAsync(simulator);
        await simulator.WaitForExitAsync().WaitAsync(s_timeMax);
        Assert.AreEqual(0, simulator.ExitCode, "Ctrl-C is how a simulation is meant to end");
    }

    private static async Task InterruptAsync(Process process)
    {
        using Process kill = Process.Start("kill", ["-INT", process.Id.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
    }

    private static async Task<(int Exit, string Output, string Error)> RunAsync(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = await process.StandardOutput.ReadToEndAsync().WaitAsync(s_timeMax);
        await process.WaitForExitAsync().WaitAsync(s_timeMax);
        return (process.ExitCode, output, await error);
    }

    private static Process Start(params string[] arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "fw.dll");
        return Process.Start(new ProcessStartInfo("dotnet", [program, .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }
}
