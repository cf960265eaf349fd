using System.Diagnostics;

namespace Twinbank.Formats.Tests;

/// <summary>Programs of others that the tests compare with, where they are installed.</summary>
static class ExternalTool
{
    const int TimeoutMilliseconds = 60_000;

    /// <summary>
    /// Runs the program and requires success. Ends the test as inconclusive when it is not installed.
    /// </summary>
    /// <param name="folder">The working folder.</param>
    /// <param name="package">The Debian package that has it.</param>
    /// <param name="program">Its name.</param>
    /// <param name="arguments">Its arguments.</param>
    internal static string Run(string folder, string package, string program, params string[] arguments)
    {
        string? path = (Environment.GetEnvironmentVariable("PATH") ?? "")
            .Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Select(entry => Path.Combine(entry, program))
            .FirstOrDefault(File.Exists);
        if (path is null)
        {
            Assert.Inconclusive($"{program} is not installed (apt-get install {package})");
        }

        var start = new ProcessStartInfo(path!, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeoutMilliseconds))
        {
            process.Kill();
            Assert.Fail($"{program} did not end");
        }

        Assert.AreEqual(0, process.ExitCode, $"{program} {string.Join(' ', arguments)}: {error.Result}");
        return output;
    }

    /// <summary>An installed file, or an inconclusive test.</summary>
    internal static string InstalledFile(string package, string path)
    {
        if (!File.Exists(path))
        {
            Assert.Inconclusive($"{path} is not installed (apt-get install {package})");
        }

        return path;
    }
}
