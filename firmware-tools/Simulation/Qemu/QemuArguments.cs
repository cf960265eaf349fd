using System.Globalization;
using Twinbank.Boards;
using Twinbank.Errors;
using Twinbank.Links;
using LinkKind = Twinbank.Links.LinkKind;

namespace Twinbank.Simulation.Qemu;

/// <summary>The command line of the emulator for each board it can be.</summary>
public static class QemuArguments
{
    /// <summary>Boards with a machine in QEMU.</summary>
    public static IReadOnlyList<string> BoardIds => ["qemu-virt", "emcraft-sf2"];

    internal static IReadOnlyList<string> For(QemuSetup setup, QemuSockets sockets)
    {
        List<string> arguments = setup.Board.Id switch
        {
            "qemu-virt" => Virt(setup),
            "emcraft-sf2" => EmcraftSf2(setup),
            _ => throw new FirmwareException(ErrorCode.NoEmulator, ("board", setup.Board.Id)),
        };
        arguments.AddRange(
        [
            "-nic", "none", "-display", "none", "-monitor", "none",
            "-qmp", $"unix:{sockets.Control},server=on,wait=off",
            "-serial", SerialPort(setup, sockets),
        ]);
        if (StaleCode.ConcernsBoard(setup.Board))
        {
            // A reset leaves the machine standing still, until QemuMachine has made it forget stale code.
            arguments.AddRange(
            [
                "-action", "reboot=shutdown,shutdown=pause", "-gdb", $"unix:{sockets.Debugger},server=on,wait=off",
            ]);
        }

        return arguments;
    }

    static string SerialPort(QemuSetup setup, QemuSockets sockets)
    {
        if (setup.HasPseudoTerminal)
        {
            return "pty";
        }

        return setup.SerialLink switch
        {
            null or { Kind: LinkKind.Unix } => $"unix:{sockets.Serial},server=on,wait=off",
            { Kind: LinkKind.Tcp, Port: > 0 } tcp => string.Create(
                CultureInfo.InvariantCulture, $"tcp:{tcp.Target}:{tcp.Port},server=on,wait=off"),
            _ => throw new FirmwareException(
                ErrorCode.BadLinkName, ("link", setup.SerialLink),
                ("reason", "QEMU offers a serial port as pty, unix:PATH or tcp:HOST:PORT with a port number")),
        };
    }

    // highmem=off puts the PCI configuration space, and with it the watchdog, below 4 GiB.
    static List<string> Virt(QemuSetup setup)
    {
        var arguments = new List<string> { "-M", "virt,highmem=off", "-cpu", "cortex-a15", "-m", "128" };
        int unit = 0;
        foreach (FlashBank bank in QemuFlashFiles.BanksOf(setup.Board))
        {
            string path = Escaped(QemuFlashFiles.PathOf(setup.Folder, bank));
            arguments.AddRange(["-drive", $"if=pflash,unit={unit},format=raw,file={path}"]);
            unit++;
        }

        arguments.AddRange(["-device", "i6300esb"]);
        return arguments;
    }

    // The raw binary, not the ELF: QEMU's loader would try to clear the ELF's .bss at its load address in ROM.
    static List<string> EmcraftSf2(QemuSetup setup)
    {
        FlashBank bank = QemuFlashFiles.BanksOf(setup.Board)[0];
        return
        [
            "-M", "emcraft-sf2", "-kernel", QemuFlashFiles.BootStagePath(setup.Folder),
            "-drive", $"if=mtd,format=raw,file={Escaped(QemuFlashFiles.PathOf(setup.Folder, bank))}",
        ];
    }

    static string Escaped(string path) => path.Replace(",", ",,", StringComparison.Ordinal);
}
