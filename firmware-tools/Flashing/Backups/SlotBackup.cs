using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Images;

namespace Twinbank.Flashing.Backups;

/// <summary>Reads an image back from a device, whole and checked, so that it can be written to a file.</summary>
public static class SlotBackup
{
    /// <summary>The image that the device names in the slot.</summary>
    /// <param name="session">The device.</param>
    /// <param name="geometry">Shape of its slots.</param>
    /// <param name="image">Which one: slot and digest.</param>
    /// <param name="progress">Told how far it is.</param>
    /// <param name="cancellation">Stops; nothing changes on the device in any case.</param>
    /// <exception cref="FirmwareException">
    /// As <see cref="SlotReader.ReadImageAsync"/>; BadDigest when the slot holds another image than the device said.
    /// </exception>
    public static async Task<TargetImage> ReadAsync(
        DeviceSession session, DeviceGeometry geometry, SlotImage image, IProgress<UploadProgress>? progress = null,
        CancellationToken cancellation = default)
    {
        TargetImage found = await new SlotReader(session, geometry, image.Slot)
            .ReadImageAsync(progress, cancellation).ConfigureAwait(false);
        return image.Is(found.ManifestDigest)
            ? found
            : throw new FirmwareException(ErrorCode.BadDigest, ("subject", $"The image in slot {image.SlotName}"));
    }
}
