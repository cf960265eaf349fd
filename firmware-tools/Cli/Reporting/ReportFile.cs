using System.IO.Compression;
using System.Runtime.InteropServices;
using System.Text;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;

namespace Twinbank.Cli.Reporting;

/// <summary>Writes the zip file of <c>--report</c>: everything a maintainer asks for first, and no keys.</summary>
internal static class ReportFile
{
    /// <summary>The outcome as it was; FW1005 when the report is all that failed.</summary>
    public static RunOutcome Write(string path, IReadOnlyList<string> arguments, ReportLog log, RunOutcome outcome)
    {
        try
        {
            using FileStream file = File.Create(path);
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            AddEntry(zip, "command.txt", "fw " + string.Join(' ', arguments.Select(Quote)) + "\n");
            AddEntry(zip, "versions.txt", Versions());
            AddEntry(zip, "log.txt", log.Text);
            object? error = outcome.Error is null ? null : CommandOutput.View(outcome.Error);
            AddEntry(zip, "outcome.json", CommandOutput.Json(new { outcome.ExitCode, error }) + "\n");
            if (outcome.Error is not null)
            {
                AddEntry(zip, "exception.txt", outcome.Error + "\n");
            }

            return outcome;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            // The command's own error says more than that its report could not be written.
            return outcome.Error is not null ? outcome : RunOutcome.Failed(new FirmwareException(
                ErrorCode.FileUnwritable, e, ("path", path), ("reason", e.Message.TrimEnd('.'))));
        }
    }

    static string Versions()
        => $"""
        fw {ToolVersion.Text}
        runtime {RuntimeInformation.FrameworkDescription}
        system {RuntimeInformation.OSDescription} {RuntimeInformation.OSArchitecture}

        """;

    static string Quote(string argument)
        => argument.Length > 0 && argument.All(c => char.IsLetterOrDigit(c) || "-_./:=,+@".Contains(c))
            ? argument
            : "'" + argument.Replace("'", "'\\''", StringComparison.Ordinal) + "'";

    static void AddEntry(ZipArchive zip, string name, string content)
    {
        using var writer = new StreamWriter(zip.CreateEntry(name).Open(), new UTF8Encoding(false));
        writer.Write(content);
    }
}
