namespace Twinbank.Flashing.Plans;

/// <summary>How a commit ended.</summary>
public enum FlashEnd
{
    /// <summary>There was nothing to do.</summary>
    Unchanged,

    /// <summary>The next boot tries the image.</summary>
    Pending,

    /// <summary>The device was reset into the trial; nobody waited for its outcome.</summary>
    Started,

    /// <summary>The image is the device's current one.</summary>
    Confirmed,
}
