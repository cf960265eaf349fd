namespace Twinbank.Errors;

/// <summary>
/// What the process tells the shell. Scripts depend on these numbers, so they never change. All stay below 126, which
/// shells keep for themselves, except 130: the customary answer to Ctrl-C (128 + SIGINT).
/// </summary>
public enum ExitCode
{
    /// <summary>Done as asked.</summary>
    Ok = 0,
    /// <summary>The operation failed; trying again unchanged would fail again.</summary>
    Failed = 1,
    /// <summary>The command line is wrong, or an option that the work needs is missing.</summary>
    Usage = 2,
    /// <summary>No device answered at the given link.</summary>
    NoDevice = 3,
    /// <summary>Verification said no: signature, digest, board, security counter or state of the device.</summary>
    Refused = 4,
    /// <summary>The server or the network failed.</summary>
    Network = 5,
    /// <summary>Somebody else holds the port, the device or the file. Trying again later can work.</summary>
    Busy = 6,
    /// <summary>Stopped by the user.</summary>
    Cancelled = 130,
}
