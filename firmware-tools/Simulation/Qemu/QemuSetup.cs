using Twinbank.Boards;

namespace Twinbank.Simulation.Qemu;

/// <summary>How the serial port of an emulated board is offered to the host.</summary>
public enum QemuSerialKind
{
    /// <summary>A Unix socket: survives restarts of the emulator under the same name.</summary>
    UnixSocket,

    /// <summary>A pseudo-terminal, as a USB serial adapter would be. Its name changes with each start.</summary>
    PseudoTerminal,
}

/// <summary>
/// What an emulated board is made of. Its flash lives in files of <see cref="Folder"/> and outlasts the process.
/// </summary>
public sealed record QemuSetup
{
    public required Board Board { get; init; }

    /// <summary>The boot stage: a raw binary, with the keys it trusts.</summary>
    public required byte[] BootStage { get; init; }

    /// <summary>Where flash images and sockets are; made when missing.</summary>
    public required string Folder { get; init; }

    public QemuSerialKind Serial { get; init; } = QemuSerialKind.UnixSocket;

    /// <summary>The emulator: a path or a name on PATH.</summary>
    public string Program { get; init; } = "qemu-system-arm";
}
