using Twinbank.Core.Format;
using Twinbank.Flashing.Devices;
using Twinbank.Images;
using Twinbank.Images.Containers;

namespace Twinbank.Flashing.Plans;

/// <summary>
/// What will be done to bring an image onto a device, as a value: it can be shown, compared and thrown away. Made by
/// <see cref="FlashPlanner"/>, carried out by <see cref="FlashCommit"/>.
/// </summary>
public sealed record FlashPlan
{
    public required FlashAction Action { get; init; }

    public required ContainerFile Container { get; init; }

    /// <summary>One sentence for people: why this action.</summary>
    public required string Reason { get; init; }

    public required FlashOptions Options { get; init; }

    /// <summary>The device as it was when the plan was made.</summary>
    public required DeviceInfo Device { get; init; }

    /// <summary>Slot that is written or tried: 0 A, 1 B.</summary>
    public required int TargetSlot { get; init; }

    /// <summary>The image that runs and stays the way back; null when none does.</summary>
    public SlotImage? Current { get; init; }

    /// <summary>The image that the target slot loses; null when it is empty or keeps its image.</summary>
    public SlotImage? Replaced { get; init; }

    /// <summary>Bytes to send at most: the device takes less when its slot holds blocks of the image already.</summary>
    public long SendBytesMax => Action == FlashAction.Send ? Container.Bytes.Length : 0;

    /// <summary>Digest of the image, its identity on the device.</summary>
    public byte[] ManifestDigest => Container.ManifestDigest;

    public ImageVersion Version => new(
        Container.Manifest.VersionMajor, Container.Manifest.VersionMinor, Container.Manifest.VersionPatch,
        Container.Manifest.VersionBuild);

    /// <summary>Name and version: "blinky 1.2.3".</summary>
    public string ImageName => $"{ManifestText.Name(Container.Manifest, Manifest.ImageNameOffset)} {Version}";

    public string TargetSlotName => SlotImage.NameOf(TargetSlot);
}
