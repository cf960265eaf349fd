using System.Globalization;
using System.Runtime.InteropServices;
using Twinbank.Errors;

namespace Twinbank.Links;

/// <summary>
/// Linux only: a second handle on a terminal device that System.IO.Ports knows nothing of: it locks the device against
/// other programs of this project, and it notices when the other side hangs up, which SerialPort does not.
/// </summary>
/// <remarks>
/// SerialPort sets TIOCEXCL, which the kernel does not hold against root; the lock (flock on the device node) holds
/// against everybody who asks for it, as picocom, minicom and we do.
/// </remarks>
internal sealed partial class TtyGuard : IDisposable
{
    private const int OpenReadWrite = 0x0002;
    private const int OpenNoControllingTerminal = 0x0100;
    private const int OpenNonBlocking = 0x0800;
    private const int OpenCloseOnExec = 0x80000;
    private const int LockExclusive = 2;
    private const int LockNonBlocking = 4;
    private const short PollError = 0x0008;
    private const short PollHangUp = 0x0010;
    private const short PollInvalid = 0x0020;

    private const int ErrorNoEntry = 2;
    private const int ErrorNoSuchDeviceOrAddress = 6;
    private const int ErrorAgain = 11;
    private const int ErrorAccess = 13;
    private const int ErrorBusy = 16;
    private const int ErrorNoSuchDevice = 19;
    private const int ErrorNotPermitted = 1;

    // How long a call of Poll takes at most to see that the guard was disposed.
    private const int PollMilliseconds = 200;

    private readonly CancellationTokenSource _lost = new();
    private readonly Thread _watcher;
    private readonly int _handle;
    private volatile bool _disposed;

    private TtyGuard(int handle, string path)
    {
        _handle = handle;
        _watcher = new Thread(Watch) { IsBackground = true, Name = "hang-up watch of " + path };
        _watcher.Start();
    }

    /// <summary>Cancelled as soon as the other side has hung up.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Locks the device at the path.</summary>
    /// <exception cref="FirmwareException">PortNotFound, PortDenied, PortBusy or LinkFailed.</exception>
    public static TtyGuard Lock(string link, string path)
    {
        int handle = Open(path, OpenReadWrite | OpenNoControllingTerminal | OpenNonBlocking | OpenCloseOnExec);
        if (handle < 0)
        {
            throw Explain(link, path, Marshal.GetLastPInvokeError());
        }

        if (FileLock(handle, LockExclusive | LockNonBlocking) < 0)
        {
            int error = Marshal.GetLastPInvokeError();
            _ = Close(handle);
            throw Explain(link, path, error);
        }

        return new TtyGuard(handle, path);
    }

    public void Dispose()
    {
        if (!_disposed)
        {
            _disposed = true;
            _watcher.Join();
            _ = Close(_handle);
            _lost.Dispose();
        }
    }

    private void Watch()
    {
        var poll = new PollRequest { Handle = _handle };
        while (!_disposed)
        {
            poll.Returned = 0;
            if (Poll(ref poll, 1, PollMilliseconds) > 0
                && (poll.Returned & (PollHangUp | PollError | PollInvalid)) != 0)
            {
                _lost.Cancel();
                return;
            }
        }
    }

    private static FirmwareException Explain(string link, string path, int error) => error switch
    {
        ErrorNoEntry or ErrorNoSuchDevice or ErrorNoSuchDeviceOrAddress
            => new FirmwareException(ErrorCode.PortNotFound, ("link", link)),
        ErrorAccess or ErrorNotPermitted => new FirmwareException(ErrorCode.PortDenied, ("link", link)),
        ErrorBusy or ErrorAgain
            => new FirmwareException(ErrorCode.PortBusy, ("link", link), ("holder", HolderOf(path))),
        _ => LinkErrors.Failed(link, Marshal.GetPInvokeErrorMessage(error), null),
    };

    /// <summary>Which processes have the device open, as far as this user may see it.</summary>
    private static string HolderOf(string path)
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? path;
        var holders = new List<string>();
        foreach (string folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int id)
                && HasOpen(folder, target))
            {
                string command = File.ReadAllText(folder + "/comm").Trim();
                holders.Add(string.Create(CultureInfo.InvariantCulture, $"{command} (process {id})"));
            }
        }

        return holders.Count == 0 ? "not visible to this user" : string.Join(", ", holders);
    }

    private static bool HasOpen(string processFolder, string target)
    {
        try
        {
            return Directory.EnumerateFiles(processFolder + "/fd")
                .Any(file => new FileInfo(file).LinkTarget == target);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // Another user's process, or one that just ended.
            return false;
        }
    }

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        public int Handle;
        public short Events;
        public short Returned;
    }

    [LibraryImport("libc", EntryPoint = "open", SetLastError = true, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "flock", SetLastError = true)]
    private static partial int FileLock(int handle, int operation);

    [LibraryImport("libc", EntryPoint = "poll", SetLastError = true)]
    private static partial int Poll(ref PollRequest request, nuint count, int timeoutMilliseconds);

    [LibraryImport("libc", EntryPoint = "close", SetLastError = true)]
    private static partial int Close(int handle);
}
