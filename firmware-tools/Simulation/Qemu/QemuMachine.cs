using System.Diagnostics;
using System.Text.RegularExpressions;
using Twinbank.Errors;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// A board on an emulated processor, running our boot stage. Power can be cut at any moment without losing what the
/// guest had already written; a new machine on the same folder is the same board, powered on again.
/// </summary>
public sealed partial class QemuMachine : IAsyncDisposable
{
    static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(20);

    readonly QemuSetup _setup;
    readonly Process _process;
    readonly string _controlPath;
    readonly List<string> _messages = [];
    readonly TaskCompletionSource<string> _terminal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    QemuMachine(QemuSetup setup, Process process, string controlPath)
    {
        _setup = setup;
        _process = process;
        _controlPath = controlPath;
    }

    /// <summary>The serial port as a link address: <c>unix:PATH</c> or <c>serial:/dev/pts/N</c>.</summary>
    public string SerialAddress { get; private set; } = "";

    public int ProcessId => _process.Id;

    public bool HasExited => _process.HasExited;

    /// <summary>
    /// Prepares the flash files and starts the emulator. FW5201 when the emulator is not installed, FW5202 when it
    /// ends or does not offer its serial port within 20 seconds.
    /// </summary>
    public static async Task<QemuMachine> StartAsync(QemuSetup setup, CancellationToken cancellation = default)
    {
        QemuFlashFiles.Prepare(setup);
        string controlPath = SocketPath(setup, "qmp");
        string serialPath = SocketPath(setup, "uart");
        File.Delete(controlPath);
        File.Delete(serialPath);
        var machine = new QemuMachine(setup, Launch(setup, controlPath, serialPath), controlPath);
        machine.Listen();
        try
        {
            await machine.WaitForSerialAsync(serialPath, cancellation).ConfigureAwait(false);
            return machine;
        }
        catch
        {
            await machine.DisposeAsync().ConfigureAwait(false);
            throw;
        }
    }

    /// <summary>
    /// Cuts the power: the guest is stopped first, so that every byte it had seen acknowledged reaches the files (a
    /// plain
    /// kill loses some on the SPI model), then the process is killed.
    /// </summary>
    public async Task CutPowerAsync(CancellationToken cancellation = default)
    {
        if (!_process.HasExited)
        {
            using (QmpClient control = await QmpClient.ConnectAsync(_controlPath, cancellation).ConfigureAwait(false))
            {
                await control.ExecuteAsync("stop", cancellation).ConfigureAwait(false);
            }

            _process.Kill();
            await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);
        }
    }

    /// <summary>Presses the reset button.</summary>
    public async Task ResetAsync(CancellationToken cancellation = default)
    {
        using QmpClient control = await QmpClient.ConnectAsync(_controlPath, cancellation).ConfigureAwait(false);
        await control.ExecuteAsync("system_reset", cancellation).ConfigureAwait(false);
    }

    /// <summary>Waits until the emulator ends by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(TimeSpan.FromSeconds(5));
            await CutPowerAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        _process.Dispose();
    }

    // Socket names are limited to about 100 bytes, so they do not go into folders of any depth.
    static string SocketPath(QemuSetup setup, string name)
    {
        string path = Path.Combine(Path.GetFullPath(setup.Folder), name + ".sock");
        return path.Length < 100
            ? path
            : Path.Combine(Path.GetTempPath(), $"fw-{(uint)path.GetHashCode(StringComparison.Ordinal):x8}-{name}.sock");
    }

    static Process Launch(QemuSetup setup, string controlPath, string serialPath)
    {
        var start = new ProcessStartInfo(setup.Program)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string argument in QemuArguments.For(setup, controlPath, serialPath))
        {
            start.ArgumentList.Add(argument);
        }

        try
        {
            return Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception error)
        {
            throw new FirmwareException(ErrorCode.EmulatorMissing, error, ("program", setup.Program));
        }
    }

    void Listen()
    {
        _process.OutputDataReceived += (_, line) => Hear(line.Data);
        _process.ErrorDataReceived += (_, line) => Hear(line.Data);
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    void Hear(string? line)
    {
        if (line == null)
        {
            return;
        }

        lock (_messages)
        {
            _messages.Add(line);
        }

        Match match = TerminalName().Match(line);
        if (match.Success)
        {
            _terminal.TrySetResult(match.Value);
        }
    }

    async Task WaitForSerialAsync(string serialPath, CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_startTimeout);
        try
        {
            if (_setup.Serial == QemuSerialKind.PseudoTerminal)
            {
                SerialAddress = "serial:" + await _terminal.Task.WaitAsync(limit.Token).ConfigureAwait(false);
                return;
            }

            while (!File.Exists(serialPath) || !File.Exists(_controlPath))
            {
                if (_process.HasExited)
                {
                    throw Failed();
                }

                await Task.Delay(20, limit.Token).ConfigureAwait(false);
            }

            SerialAddress = "unix:" + serialPath;
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed();
        }
    }

    FirmwareException Failed()
    {
        lock (_messages)
        {
            string reason = _messages.Count > 0 ? string.Join("; ", _messages) : "it said nothing";
            return new FirmwareException(ErrorCode.EmulatorFailed, ("program", _setup.Program), ("reason", reason));
        }
    }

    [GeneratedRegex("/dev/pts/[0-9]+")]
    private static partial Regex TerminalName();
}
