namespace Twinbank.Errors;

/// <summary>FW5xxx: board data and the simulator.</summary>
public sealed partial class ErrorCode
{
    // FW50xx: board data.

    public static readonly ErrorCode UnknownBoard = new(5001,
        title: "Board not known",
        detail: "There is no board '{board}'. Known boards: {known}.",
        remedy: "Choose one of these, or give the path of a board file.",
        ExitCode.Usage);

    public static readonly ErrorCode BadBoardFile = new(5002,
        title: "Board file not usable",
        detail: "The board file {path} is wrong at {pointer}: {problem}.",
        remedy: "Correct the file; boards/schema.json describes each field.");

    public static readonly ErrorCode BoardDataMissing = new(5003,
        title: "Board data not found",
        detail: "The folder with board data was not found; looked in {looked}.",
        remedy: "Set TWINBANK_BOARDS to a folder with schema.json, chips and boards, or unset it to use the"
            + " built-in boards.");

    // FW51xx: simulator.

    public static readonly ErrorCode SimulatedFlashRule = new(5101,
        title: "Flash rule broken",
        detail: "The simulated flash refused {operation} at {address:hex}: {rule}.",
        remedy: "Fix the program that did it: real flash would have been corrupted.");

    public static readonly ErrorCode SimulatedFlashFile = new(5102,
        title: "Flash file does not fit",
        detail: "The file {path} has {found:bytes}, but the simulated flash {part} has {expected:bytes}.",
        remedy: "Choose the board the file was made with, or delete the file to start with an erased flash.");

    // FW52xx: emulated processors.

    public static readonly ErrorCode EmulatorMissing = new(5201,
        title: "Emulator not installed",
        detail: "The program {program} could not be started.",
        remedy: "Install QEMU for ARM: apt-get install qemu-system-arm.");

    public static readonly ErrorCode EmulatorFailed = new(5202,
        title: "Emulator did not start",
        detail: "{program} ended or did not offer its serial port: {reason}.",
        remedy: "Check the message; another emulator may hold the same flash files.");

    public static readonly ErrorCode NoEmulator = new(5203,
        title: "No emulator for this board",
        detail: "No emulated machine is known for the board {board}.",
        remedy: "Choose qemu-virt or emcraft-sf2, or sim-nor for the simulator in the tool itself.",
        ExitCode.Usage);
}
