namespace Twinbank.Boards;

/// <summary>Defaults for the time between the first boot of a new image and its confirmation.</summary>
/// <param name="BootCount">Boots a trial may use before it is reverted: 1 to 15.</param>
/// <param name="ProbationSeconds">Seconds that the health checks must hold before the image is confirmed.</param>
public sealed record TrialPolicy(int BootCount, int ProbationSeconds);
