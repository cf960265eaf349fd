using Twinbank.Links;

namespace Twinbank.Simulation.Qemu;

/// <summary>Unix sockets of one emulator.</summary>
/// <param name="Control">The machine protocol.</param>
/// <param name="Serial">The board's serial port, unless it is a pseudo-terminal or a TCP port.</param>
/// <param name="Debugger">The debugger's protocol, on boards that need it.</param>
sealed record QemuSockets(string Control, string Serial, string Debugger)
{
    /// <summary>Names the sockets of a folder and removes what a former machine left.</summary>
    internal static QemuSockets Prepare(QemuSetup setup)
    {
        string folder = setup.Folder;
        string serial = setup.SerialLink is { Kind: LinkKind.Unix } link ? link.Target : Name(folder, "uart");
        var sockets = new QemuSockets(Name(folder, "qmp"), serial, Name(folder, "gdb"));
        sockets.Delete();
        return sockets;
    }

    internal void Delete()
    {
        File.Delete(Control);
        File.Delete(Serial);
        File.Delete(Debugger);
    }

    // Socket names are limited to about 100 bytes, so they do not go into folders of any depth.
    static string Name(string folder, string name)
    {
        string path = Path.Combine(Path.GetFullPath(folder), name + ".sock");
        return path.Length < 100
            ? path
            : Path.Combine(Path.GetTempPath(), $"fw-{(uint)path.GetHashCode(StringComparison.Ordinal):x8}-{name}.sock");
    }
}
