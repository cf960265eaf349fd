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
}
