namespace Twinbank.Errors;

/// <summary>FW9xxx: defects of the tool itself.</summary>
public sealed partial class ErrorCode
{
    public static readonly ErrorCode Defect = new(9001,
        title: "Defect in the tool",
        detail: "Something happened that must not: {problem}.",
        remedy: "Run the command again and report it with the command line and what it printed.");

    public static readonly ErrorCode DeviceDefect = new(9002,
        title: "Defect in the device's firmware",
        detail: "{subject}: the device reports a broken invariant of its own program.",
        remedy: "Save the output of 'fw device log' and attach it to a bug report.");

    public static readonly ErrorCode UnexpectedStatus = new(9003,
        title: "Status not understood",
        detail: "{subject} ended with status {status}, which is not an error or is not known to this version.",
        remedy: "Update the tool; if it is up to date, report it.");
}
