using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images.Planning;

namespace Twinbank.Flashing.Backups;

/// <summary>Whether an update gives up an image, and where else that image is complete.</summary>
/// <param name="Lost">The image that the update overwrites; null when it overwrites none.</param>
/// <param name="SafeIn">Where else it is complete, such as "the golden store"; null when nowhere known.</param>
public sealed record BackupNeed(SlotImage? Lost, string? SafeIn)
{
    /// <summary>True when the only known copy would be overwritten.</summary>
    public bool IsOnlyCopy => Lost is not null && SafeIn is null;

    /// <summary>
    /// Judges an update before it is done. Compaction writes the other slot, too: with the running image.
    /// </summary>
    /// <param name="survey">The device.</param>
    /// <param name="strategy">How the update is done.</param>
    /// <param name="newDigest">Manifest digest of the new image.</param>
    /// <param name="known">Images that the host has.</param>
    public static BackupNeed Of(
        DeviceSurvey survey, UpdateStrategy strategy, byte[] newDigest, KnownImages known)
    {
        byte[] written = strategy == UpdateStrategy.CompactThenOverlay ? survey.RunningDigest ?? newDigest : newDigest;
        SlotImage? lost = survey.Other is { IsBootable: true } other && !other.Is(written) ? other : null;
        if (lost is null || strategy == UpdateStrategy.Overlay)
        {
            return new BackupNeed(null, null);
        }

        SlotImage? twin = survey.Images.FirstOrDefault(
            image => image.Slot != lost.Slot && image.IsBootable && image.Is(lost.Digest.Span));
        string? safeIn = twin is not null
            ? twin.Slot > 1 ? "the golden store" : $"slot {twin.SlotName}"
            : known.Has(lost.Digest.ToArray()) ? "the images named with --base and --releases" : null;
        return new BackupNeed(lost, safeIn);
    }
}
