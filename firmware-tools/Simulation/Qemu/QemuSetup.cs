using Twinbank.Boards;
using Twinbank.Links;

namespace Twinbank.Simulation.Qemu;

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

    /// <summary>
    /// Where the serial port is offered: a <c>unix:</c> or <c>tcp:</c> address. Null for a Unix socket in the folder.
    /// </summary>
    public LinkAddress? SerialLink { get; init; }

    /// <summary>
    /// Offer the serial port as a pseudo-terminal instead, as a USB serial adapter would be. Its name changes with each
    /// start.
    /// </summary>
    public bool HasPseudoTerminal { get; init; }

    /// <summary>The emulator: a path or a name on PATH.</summary>
    public string Program { get; init; } = "qemu-system-arm";
}
