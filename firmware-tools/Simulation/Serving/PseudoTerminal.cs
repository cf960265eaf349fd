using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Twinbank.Errors;

namespace Twinbank.Simulation.Serving;

/// <summary>
/// Offers a board's serial line as a pseudo terminal: a path under /dev/pts that any serial program can open. Linux
/// only.
/// </summary>
public sealed class PseudoTerminal : IDisposable
{
    const int OpenReadWrite = 2, OpenNoControllingTerminal = 0x100;

    readonly FileStream _master;

    // Held open so that the terminal survives its clients: without any, reads from the master fail.
    readonly SafeFileHandle _terminal;

    PseudoTerminal(FileStream master, SafeFileHandle terminal, string path)
    {
        _master = master;
        _terminal = terminal;
        Path = path;
    }

    /// <summary>The device file that a client opens.</summary>
    public string Path { get; }

    /// <summary>Makes a terminal in raw mode and carries its bytes from now on.</summary>
    /// <exception cref="FirmwareException">FW4005 when the system has none to give.</exception>
    [SupportedOSPlatform("linux")]
    public static PseudoTerminal Start(SharedLine line)
    {
        int descriptor = NativeMethods.OpenMaster(OpenReadWrite | OpenNoControllingTerminal);
        byte[] name = new byte[64];
        if (descriptor < 0 || NativeMethods.Grant(descriptor) != 0 || NativeMethods.Unlock(descriptor) != 0
            || NativeMethods.GetTerminalName(descriptor, name, (nuint)name.Length) != 0)
        {
            throw Failed();
        }

        string path = Encoding.ASCII.GetString(name, 0, Array.IndexOf(name, (byte)0));
        int terminal = NativeMethods.Open(path, OpenReadWrite | OpenNoControllingTerminal);
        if (terminal < 0)
        {
            throw Failed();
        }

        MakeRaw(terminal);
        var master = new FileStream(new SafeFileHandle(descriptor, ownsHandle: true), FileAccess.ReadWrite, 0);
        var result = new PseudoTerminal(master, new SafeFileHandle(terminal, ownsHandle: true), path);
        var thread = new Thread(() => line.TryServe(master)) { IsBackground = true, Name = "board terminal" };
        thread.Start();
        return result;
    }

    public void Dispose()
    {
        _terminal.Dispose();
        _master.Dispose();
    }

    static void MakeRaw(int terminal)
    {
        byte[] settings = new byte[NativeMethods.SettingsBytesMax];
        if (NativeMethods.GetSettings(terminal, settings) != 0)
        {
            throw Failed();
        }

        NativeMethods.MakeRaw(settings);
        if (NativeMethods.SetSettings(terminal, 0, settings) != 0)
        {
            throw Failed();
        }
    }

    static FirmwareException Failed()
        => new(
            ErrorCode.LinkFailed, ("link", "a pseudo terminal"),
            ("reason", Marshal.GetPInvokeErrorMessage(Marshal.GetLastPInvokeError())));

    static class NativeMethods
    {
        // struct termios is 60 bytes on Linux; no system has more than this.
        public const int SettingsBytesMax = 256;

        [DllImport("libc", EntryPoint = "posix_openpt", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int OpenMaster(int flags);

        [DllImport("libc", EntryPoint = "grantpt", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Grant(int master);

        [DllImport("libc", EntryPoint = "unlockpt", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Unlock(int master);

        [DllImport("libc", EntryPoint = "ptsname_r", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int GetTerminalName(int master, byte[] buffer, nuint bufferBytes);

        [DllImport("libc", EntryPoint = "open", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int Open([MarshalAs(UnmanagedType.LPUTF8Str)] string path, int flags);

        [DllImport("libc", EntryPoint = "tcgetattr", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int GetSettings(int terminal, byte[] settings);

        [DllImport("libc", EntryPoint = "cfmakeraw")]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern void MakeRaw(byte[] settings);

        [DllImport("libc", EntryPoint = "tcsetattr", SetLastError = true)]
        [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
        public static extern int SetSettings(int terminal, int when, byte[] settings);
    }
}
