using System.Diagnostics;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// Ends a process when this one ends without having done so itself, even by SIGKILL: an emulator that outlives its
/// owner would keep a processor busy and its flash files open.
/// </summary>
/// <remarks>
/// A shell waits for the end of a pipe that only this process holds open. It ignores the signals that a terminal sends
/// to the whole group: those are the owner's to act on.
/// </remarks>
sealed class ProcessLeash : IDisposable
{
    const string Shell = "/bin/sh";
    const string Script = "trap '' INT TERM HUP; read -r line; kill -TERM $0; sleep 2; kill -KILL $0";

    readonly Process? _shell;

    ProcessLeash(Process? shell) => _shell = shell;

    /// <summary>Where there is no shell there is no leash: then an abandoned process lives on.</summary>
    internal static ProcessLeash On(Process process)
    {
        if (!File.Exists(Shell))
        {
            return new ProcessLeash(null);
        }

        string number = process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture);
        return new ProcessLeash(Process.Start(new ProcessStartInfo(Shell, ["-c", Script, number])
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        }));
    }

    /// <summary>Lets go: the shell is ended before the pipe is, so that it touches nothing any more.</summary>
    public void Dispose()
    {
        if (_shell != null)
        {
            _shell.Kill();
            _shell.WaitForExit();
            _shell.Dispose();
        }
    }
}
