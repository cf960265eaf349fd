using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;
using Twinbank.Images.Updates;

namespace Twinbank.Flashing.Backups;

/// <summary>Reads an image back from a device, whole and checked, so that it can be written to a file.</summary>
public static class SlotBackup
{
    /// <summary>The image that the device names in the slot, put together when it is made of overlays.</summary>
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
        var reader = new SlotReader(session, geometry, image.Slot);
        TargetImage found = await reader.ReadImageAsync(progress, cancellation).ConfigureAwait(false);
        if (image.Is(found.ManifestDigest))
        {
            return found;
        }

        var known = new KnownImages();
        known.Add(ContainerFile.Parse("generation 0", FullContainer.Write(found, null, null, cancellation)));
        var log = new OverlayLogReader(reader, geometry, found.Manifest);
        foreach (ContainerFile overlay in await log.ReadAsync(cancellation).ConfigureAwait(false))
        {
            known.Add(overlay);
        }

        return known.Find(image.Digest.ToArray())
            ?? throw new FirmwareException(ErrorCode.BadDigest, ("subject", $"The image in slot {image.SlotName}"));
    }
}
