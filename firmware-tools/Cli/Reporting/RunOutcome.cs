using Twinbank.Errors;

namespace Twinbank.Cli.Reporting;

/// <summary>How a command ended.</summary>
internal sealed record RunOutcome(int ExitCode, FirmwareException? Error)
{
    public static RunOutcome Failed(FirmwareException error) => new((int)error.Code.Exit, error);
}
