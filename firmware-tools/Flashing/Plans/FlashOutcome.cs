using Twinbank.Flashing.Devices;

namespace Twinbank.Flashing.Plans;

/// <summary>What a commit came to. An image that was reverted is an error instead.</summary>
public sealed record FlashOutcome
{
    public required FlashEnd End { get; init; }

    /// <summary>Bytes of the container that went over the link, resends included.</summary>
    public long SentBytes { get; init; }

    /// <summary>Bytes that did not have to be sent.</summary>
    public long SkippedBytes { get; init; }

    /// <summary>What the device counted while it took the upload; null when nothing was sent.</summary>
    public DeviceUploadState? Upload { get; init; }

    public TimeSpan UploadTime { get; init; }

    public TimeSpan TotalTime { get; init; }
}
