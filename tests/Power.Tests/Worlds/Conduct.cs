namespace Twinbank.Power.Tests.Worlds;

/// <summary>What version 2 does in its trial. The names stand in case ids.</summary>
internal enum Conduct
{
    /// <summary>Confirms when its probation has passed.</summary>
    Good = 0,
    /// <summary>Hits a fault at once.</summary>
    Faults = 1,
    /// <summary>Stops calling the boot stage, so that the watchdog bites.</summary>
    Hangs = 2,
    /// <summary>Runs and never confirms, so that its deadline passes.</summary>
    NeverConfirms = 3,
}
