namespace Twinbank.Simulation.Boards;

/// <summary>What a played application does. The numbers stand in image payloads.</summary>
public enum ApplicationBehaviour
{
    /// <summary>Runs, says so every second, and confirms when its probation has passed.</summary>
    Good = 1,
    /// <summary>Runs for half a second, then reads memory that is not mapped.</summary>
    Faults = 2,
    /// <summary>Runs for half a second, then never calls the boot stage again.</summary>
    Hangs = 3,
    /// <summary>Runs well, but never confirms.</summary>
    NeverConfirms = 4,
    /// <summary>Returns to the boot stage at once.</summary>
    Returns = 5,
}
