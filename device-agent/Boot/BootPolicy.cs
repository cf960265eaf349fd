namespace Twinbank.Boot;

/// <summary>Times of the boot stage, each with its reason.</summary>
public static class BootPolicy
{
    /// <summary>
    /// Eight seconds without a poll end a trial's life: the longest single step an application takes between two polls
    /// (a modem attach, a file system check) stays below, and three hung boots cost less than half a minute.
    /// </summary>
    public const uint WatchdogMilliseconds = 8000;

    /// <summary>
    /// One second in which the serial link is answered before an image starts, after a reset that was not a power-on:
    /// long
    /// enough for a person's tool to catch a device whose application faults at once, and invisible otherwise.
    /// </summary>
    public const uint RecoveryWindowMilliseconds = 1000;

    /// <summary>
    /// Checks of one boot at most: three slots, each again after a fall-back, and a rebuilt journal. Bounds the loop.
    /// </summary>
    public const int DecisionsMax = 16;
}
