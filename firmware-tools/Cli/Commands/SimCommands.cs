using System.CommandLine;
using Twinbank.Boards;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Images.Keys;
using Twinbank.Links;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Qemu;
using Twinbank.Simulation.Serving;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw sim run</c></summary>
sealed class SimCommands
{
    readonly Option<string> _board = new("--board", "-b")
    {
        Description = "sim-nor (in this process), or qemu-virt, emcraft-sf2 (QEMU).", DefaultValueFactory = _ => "sim-nor",
    };

    readonly Option<string> _link = new("--link")
    {
        Description = "Where its serial line is offered: pty, tcp:127.0.0.1:PORT or unix:PATH.", DefaultValueFactory = _ => "pty",
    };

    readonly Option<string?> _state = new("--state")
    {
        Description = "Folder for its flash, so that it goes on where it stopped. QEMU boards need one.",
    };

    readonly Option<string[]> _keys = ImageFiles.TrustedKeys();
    readonly Option<string?> _bootStage = new("--boot-stage") { Description = "QEMU boards: the boot stage, a raw binary." };

    internal static Command Create(CommandHost host)
    {
        var it = new SimCommands();
        return CommandHost.Group(
            "sim", "Simulated boards.",
            host.Make(
                "run", "Run a simulated board until Ctrl-C, and offer its serial line.", it.Run, it._board, it._link,
                it._state, it._keys, it._bootStage));
    }

    async Task Run(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
    {
        Board board = BoardCatalog.Locate().Find(parsed.GetRequiredValue(_board));
        if (QemuArguments.BoardIds.Contains(board.Id))
        {
            await RunEmulator(parsed, board, output, cancellation).ConfigureAwait(false);
        }
        else
        {
            await RunServed(parsed, board, output, cancellation).ConfigureAwait(false);
        }
    }

    async Task RunServed(ParseResult parsed, Board board, CommandOutput output, CancellationToken cancellation)
    {
        TrustedKey[] keys = [.. ImageFiles.LoadKeys(output, parsed.GetValue(_keys))
            .Select(key => new TrustedKey((byte)key.Algorithm, key.Raw.ToArray()))];
        using var served = new ServedBoard(board, keys, parsed.GetValue(_state));
        served.LifeEnded = life => output.Note($"the board's life ended: {life}");
        string link = parsed.GetRequiredValue(_link);
        using IDisposable offer = Offer(link, served.Line, out string address);
        Announce(output, board, address);
        Task running = Task.Run(served.Run, CancellationToken.None);
        await UntilCancelled(running, cancellation).ConfigureAwait(false);
        served.Stop();
        await running.ConfigureAwait(false);
    }

    async Task RunEmulator(ParseResult parsed, Board board, CommandOutput output, CancellationToken cancellation)
    {
        string bootStage = parsed.GetValue(_bootStage) ?? throw new FirmwareException(
            ErrorCode.OptionMissing, ("option", "--boot-stage"), ("reason", "an emulated processor runs real code"));
        string link = parsed.GetRequiredValue(_link);
        var setup = new QemuSetup
        {
            Board = board,
            BootStage = BootStageKeys.Install(
                await File.ReadAllBytesAsync(bootStage, cancellation).ConfigureAwait(false),
                ImageFiles.LoadKeys(output, parsed.GetValue(_keys)), bootStage),
            Folder = parsed.GetValue(_state) ?? throw new FirmwareException(
                ErrorCode.OptionMissing, ("option", "--state"), ("reason", "QEMU keeps the flash in files")),
            HasPseudoTerminal = link == "pty",
            SerialLink = link == "pty" ? null : LinkAddress.Parse(link),
        };
        QemuMachine machine = await QemuMachine.StartAsync(setup, cancellation).ConfigureAwait(false);
        await using (machine.ConfigureAwait(false))
        {
            Announce(output, board, machine.SerialAddress);
            await UntilCancelled(machine.WaitForExitAsync(CancellationToken.None), cancellation).ConfigureAwait(false);
        }
    }

    static IDisposable Offer(string link, SharedLine line, out string address)
    {
        if (link == "pty" && OperatingSystem.IsLinux())
        {
            PseudoTerminal terminal = PseudoTerminal.Start(line);
            address = "serial:" + terminal.Path;
            return terminal;
        }

        BoardListener listener = BoardListener.Start(LinkAddress.Parse(link), line);
        address = listener.Name;
        return listener;
    }

    static void Announce(CommandOutput output, Board board, string address)
        => output.StreamItem(new { board = board.Id, port = address }, $"{board.Id} on {address}");

    static async Task UntilCancelled(Task running, CancellationToken cancellation)
    {
        try
        {
            await running.WaitAsync(cancellation).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (!running.IsCompleted)
        {
            // Ctrl-C is how a simulation is meant to end.
        }
    }
}
