namespace Twinbank.Flashing.Plans;

/// <summary>Where a commit is.</summary>
public enum FlashStep
{
    Upload,

    /// <summary>The device folds its running image into the other slot.</summary>
    Compact,
    RequestTrial,
    Reset,

    /// <summary>The device has restarted or is about to; the image has not been seen running.</summary>
    WaitForTrial,

    /// <summary>The image runs and has to be confirmed.</summary>
    WaitForConfirmation,

    Done,
}
