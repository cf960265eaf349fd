namespace Twinbank.Flashing.Plans;

/// <summary>What a plan comes to.</summary>
public enum FlashAction
{
    /// <summary>Send the container, try the image.</summary>
    Send,

    /// <summary>Fold the running image with its overlays into the other slot, try that.</summary>
    Compact,

    /// <summary>The image is in the other slot already: only try it.</summary>
    Try,

    /// <summary>The image waits for the next boot already: only reset.</summary>
    Restart,

    /// <summary>The image is on trial now: only wait for its outcome.</summary>
    Watch,

    /// <summary>The device runs this image, confirmed.</summary>
    Nothing,
}
