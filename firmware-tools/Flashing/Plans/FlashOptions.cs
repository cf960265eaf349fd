using Twinbank.Flashing.Devices;

namespace Twinbank.Flashing.Plans;

/// <summary>How an image is brought onto a device.</summary>
public sealed record FlashOptions
{
    /// <summary>Send the image even though it failed its trial on this device before.</summary>
    public bool RetryFailed { get; init; }

    /// <summary>Do not judge the base of a delta: another container will be sent if it is wrong.</summary>
    public bool AcceptsOtherBase { get; init; }

    /// <summary>Ask for the trial and stop there: the next boot, whenever it comes, tries the image.</summary>
    public bool StopsBeforeReset { get; init; }

    /// <summary>Reset and stop there: nobody waits for the outcome.</summary>
    public bool StopsAfterReset { get; init; }

    /// <summary>
    /// Confirm the image from here once it has run for its probation, for applications that do not confirm themselves.
    /// </summary>
    public bool ConfirmsFromHost { get; init; }

    public UploadOptions Upload { get; init; } = new();

    /// <summary>How often the device is asked for its state while it tries the image.</summary>
    public TimeSpan PollInterval { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>
    /// Longest wait for the outcome. The device's own limits decide before that: this only ends waiting for a device
    /// that does not answer.
    /// </summary>
    public TimeSpan? OutcomePatience { get; init; }
}
