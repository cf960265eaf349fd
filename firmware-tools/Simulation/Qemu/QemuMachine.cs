using System.Diagnostics;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Twinbank.Errors;
using Twinbank.Links;

namespace Twinbank.Simulation.Qemu;

/// <summary>
/// A board on an emulated processor, running our boot stage. Power can be cut at any moment without losing what the
/// guest had already written; a new machine on the same folder is the same board, powered on again.
/// </summary>
public sealed partial class QemuMachine : IAsyncDisposable
{
    static readonly TimeSpan s_startTimeout = TimeSpan.FromSeconds(20);
    static readonly TimeSpan s_farewellTimeout = TimeSpan.FromSeconds(5);

    readonly QemuSetup _setup;
    readonly Process _process;
    readonly ProcessLeash _leash;
    readonly QemuSockets _sockets;
    readonly List<string> _messages = [];
    readonly TaskCompletionSource<string> _terminal = new(TaskCreationOptions.RunContinuationsAsynchronously);

    // Whoever stops or resets the machine holds it: a cut in the middle of a reset must not be undone by it.
    readonly SemaphoreSlim _hand = new(1);
    QmpClient? _control;
    Task _resets = Task.CompletedTask;

    QemuMachine(QemuSetup setup, QemuSockets sockets)
    {
        _setup = setup;
        _sockets = sockets;
        _process = Launch(setup, sockets);
        _leash = ProcessLeash.On(_process);
    }

    /// <summary>
    /// The serial port as a link address: <c>unix:PATH</c>, <c>tcp:HOST:PORT</c> or <c>serial:/dev/pts/N</c>.
    /// </summary>
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
        StaleCode? stale = StaleCode.ConcernsBoard(setup.Board) ? new StaleCode(setup) : null;
        var machine = new QemuMachine(setup, QemuSockets.Prepare(setup));
        machine.Listen();
        try
        {
            await machine.WaitForStartAsync(cancellation).ConfigureAwait(false);
            machine._resets = machine.AttendResetsAsync(stale);
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
    /// plain kill loses some on the SPI model), then the process is killed.
    /// </summary>
    public async Task CutPowerAsync(CancellationToken cancellation = default)
    {
        await _hand.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            if (!_process.HasExited)
            {
                if (_control != null)
                {
                    await _control.ExecuteAsync("stop", cancellation).ConfigureAwait(false);
                }

                _process.Kill();
                await _process.WaitForExitAsync(cancellation).ConfigureAwait(false);

                // A killed emulator leaves them, and those with long names lie in the folder for temporary files.
                _sockets.Delete();
            }
        }
        finally
        {
            _hand.Release();
        }
    }

    /// <summary>Presses the reset button.</summary>
    public async Task ResetAsync(CancellationToken cancellation = default)
    {
        await _hand.WaitAsync(cancellation).ConfigureAwait(false);
        try
        {
            await _control!.ExecuteAsync("system_reset", cancellation).ConfigureAwait(false);
        }
        finally
        {
            _hand.Release();
        }
    }

    /// <summary>Waits until the emulator ends by itself.</summary>
    public Task WaitForExitAsync(CancellationToken cancellation = default) => _process.WaitForExitAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        try
        {
            using var limit = new CancellationTokenSource(s_farewellTimeout);
            await CutPowerAsync(limit.Token).ConfigureAwait(false);
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            if (!_process.HasExited)
            {
                _process.Kill();
            }
        }

        _control?.Dispose();
        await _resets.ConfigureAwait(false);
        _leash.Dispose();
        _process.Dispose();
        _hand.Dispose();
    }

    // Ends with the emulator. A machine that cannot be reset any more is of no use: it ends, too, and says why.
    async Task AttendResetsAsync(StaleCode? stale)
    {
        try
        {
            await foreach (string reason in _control!.Shutdowns.ReadAllAsync().ConfigureAwait(false))
            {
                if (stale != null)
                {
                    await AttendAsync(reason, stale).ConfigureAwait(false);
                }
            }
        }
        catch (Exception error) when (error is not OutOfMemoryException)
        {
            if (!_process.HasExited)
            {
                Hear($"the emulator could not be reset: {error.Message}");
                _process.Kill();
            }
        }
    }

    async Task AttendAsync(string reason, StaleCode stale)
    {
        await _hand.WaitAsync().ConfigureAwait(false);
        try
        {
            if (_process.HasExited)
            {
                return;
            }

            if (reason.EndsWith("reset", StringComparison.Ordinal))
            {
                await ResetWithoutStaleCodeAsync(stale).ConfigureAwait(false);
            }
            else
            {
                await _control!.ExecuteAsync("quit", CancellationToken.None).ConfigureAwait(false);
            }
        }
        finally
        {
            _hand.Release();
        }
    }

    async Task ResetWithoutStaleCodeAsync(StaleCode stale)
    {
        await _control!.SetRebootActionAsync("reset", CancellationToken.None).ConfigureAwait(false);
        await _control.ExecuteAsync("system_reset", CancellationToken.None).ConfigureAwait(false);
        await stale.ForgetAsync(_sockets.Debugger, CancellationToken.None).ConfigureAwait(false);
        await _control.SetRebootActionAsync("shutdown", CancellationToken.None).ConfigureAwait(false);
        await _control.ExecuteAsync("cont", CancellationToken.None).ConfigureAwait(false);
    }

    static Process Launch(QemuSetup setup, QemuSockets sockets)
    {
        var start = new ProcessStartInfo(setup.Program)
        {
            RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true,
        };
        foreach (string argument in QemuArguments.For(setup, sockets))
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

    async Task WaitForStartAsync(CancellationToken cancellation)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        limit.CancelAfter(s_startTimeout);
        bool isTerminal = _setup.HasPseudoTerminal;
        bool isSocket = !isTerminal && _setup.SerialLink is not { Kind: LinkKind.Tcp };
        try
        {
            while (_control == null || (isSocket && !File.Exists(_sockets.Serial)))
            {
                if (_process.HasExited)
                {
                    throw Failed();
                }

                await Task.Delay(20, limit.Token).ConfigureAwait(false);
                _control ??= await TryConnectAsync(limit.Token).ConfigureAwait(false);
            }

            SerialAddress = isTerminal
                ? "serial:" + await _terminal.Task.WaitAsync(limit.Token).ConfigureAwait(false)
                : isSocket ? "unix:" + _sockets.Serial : _setup.SerialLink!.ToString();
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw Failed();
        }
    }

    // The socket appears a moment before it listens.
    async Task<QmpClient?> TryConnectAsync(CancellationToken cancellation)
    {
        try
        {
            return await QmpClient.ConnectAsync(_sockets.Control, cancellation).ConfigureAwait(false);
        }
        catch (Exception error) when (error is SocketException or IOException)
        {
            return null;
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
