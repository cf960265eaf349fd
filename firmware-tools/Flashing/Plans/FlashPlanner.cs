using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Journal;
using Twinbank.Core.Trust;
using Twinbank.Flashing.Devices;
using Twinbank.Images;
using Twinbank.Images.Containers;

namespace Twinbank.Flashing.Plans;

/// <summary>
/// Decides from a container and a device's state what has to be done. Pure: it talks to nobody. What it refuses, the
/// device would refuse, too; here it costs no transfer and the message can name both sides.
/// </summary>
public static class FlashPlanner
{
    private const int SlotA = 0;
    private const int SlotB = 1;

    /// <summary>Makes the plan.</summary>
    /// <exception cref="Twinbank.Errors.FirmwareException">
    /// Why the image cannot go onto the device: WrongBoard, WrongHardwareRevision, SecurityCounterTooLow, AgentTooOld,
    /// BadTranslation, WrongGeometry, TooLarge, WrongBase, FailedBefore or WrongState.
    /// </exception>
    public static FlashPlan Plan(
        ContainerFile container, DeviceInfo device, IReadOnlyList<SlotImage> images, FlashOptions options)
    {
        SlotImage? current = images.FirstOrDefault(image => image.IsActive);
        bool isOverlay = options.Upload.IsOverlay;
        int target = (device.ActiveSlot == SlotA) == isOverlay ? SlotA : SlotB;
        SlotImage? held = images.FirstOrDefault(image => image.Slot <= SlotB && image.Is(container.ManifestDigest));
        var plan = new FlashPlan
        {
            Action = FlashAction.Send,
            Container = container,
            Reason = "",
            Options = options,
            Device = device,
            TargetSlot = target,
            Current = current,
        };

        CheckIdentity(container, device);
        if (held is not null && PlanHeld(plan, held) is { } known)
        {
            return known;
        }

        Check(device.State == JournalState.Trial ? Status.WrongState : Status.Ok, $"Sending {container.Subject}");
        CheckRoom(container, device);
        CheckFailedBefore(container, device, options);
        if (!options.AcceptsOtherBase)
        {
            CheckBase(container, current ?? ConfirmedOf(images));
        }

        SlotImage? replaced = isOverlay ? null : images.FirstOrDefault(image => image.Slot == target);
        return plan with { Reason = ReasonToSend(container, replaced), Replaced = replaced };
    }

    /// <summary>
    /// The plan that folds the running image with its overlays into the other slot. <paramref name="running"/> is that
    /// image as a container.
    /// </summary>
    public static FlashPlan PlanCompaction(
        ContainerFile running, DeviceInfo device, IReadOnlyList<SlotImage> images, FlashOptions options)
    {
        Check(
            device.State == JournalState.Confirmed ? Status.Ok : Status.WrongState,
            $"Folding {running.Subject} into the other slot");
        int target = device.ActiveSlot == SlotA ? SlotB : SlotA;
        return new FlashPlan
        {
            Action = FlashAction.Compact,
            Container = running,
            Reason = "The buffer areas of the running slot are full.",
            Options = options,
            Device = device,
            TargetSlot = target,
            Current = images.FirstOrDefault(image => image.IsActive),
            Replaced = images.FirstOrDefault(image => image.Slot == target),
        };
    }

    /// <summary>What is to be done with an image that a slot holds already; null to send it after all.</summary>
    private static FlashPlan? PlanHeld(FlashPlan plan, SlotImage held)
    {
        FlashPlan with = plan with { TargetSlot = held.Slot };
        bool isTrial = plan.Device.State == JournalState.Trial;
        if (held.IsActive)
        {
            return isTrial && plan.Device.ActiveSlot == held.Slot
                ? with with { Action = FlashAction.Watch, Reason = "The device is trying this image now." }
                : with with { Action = FlashAction.Nothing, Reason = "The device runs this image already." };
        }

        if (held.IsPending)
        {
            return with with { Action = FlashAction.Restart, Reason = "The image waits for the next boot already." };
        }

        if (!held.IsBootable || isTrial)
        {
            return null;
        }

        CheckFailedBefore(plan.Container, plan.Device, plan.Options);

        // Only an upload can carry the wish to try it nevertheless; it sends the tables and no block.
        return plan.Options.RetryFailed
            ? null
            : with with { Action = FlashAction.Try, Reason = $"Slot {held.SlotName} holds this image already." };
    }

    private static void CheckIdentity(ContainerFile container, DeviceInfo device)
    {
        Manifest manifest = container.Manifest;
        string board = ManifestText.Name(manifest, Manifest.BoardIdOffset);
        Check(
            board == device.Board ? Status.Ok : Status.WrongBoard,
            $"{container.Subject} (board {board}, the device is {device.Board})");
        Check(
            (manifest.HardwareRevisions & (1u << device.HardwareRevision)) != 0
                ? Status.Ok
                : Status.WrongHardwareRevision,
            $"{container.Subject} (the device has revision {device.HardwareRevision})");
        Check(
            manifest.SecurityCounter >= device.SecurityFloor ? Status.Ok : Status.SecurityCounterTooLow,
            $"{container.Subject} (counter {manifest.SecurityCounter}, the device asks for {device.SecurityFloor})");
        Check(
            OffsetTable.CheckTranslation(manifest, device.Translation, device.GranuleBytes),
            $"{container.Subject} (the device's translation is {device.Translation})");
    }

    private static void CheckRoom(ContainerFile container, DeviceInfo device)
    {
        Manifest manifest = container.Manifest;
        DeviceGeometry geometry = device.Geometry;
        Check(
            manifest.BlockBytes % geometry.SectorBytes == 0 ? Status.Ok : Status.WrongGeometry,
            $"{container.Subject} (blocks of {manifest.BlockBytes} bytes, sectors of {geometry.SectorBytes})");
        Check(
            manifest.BlockAreaBytes <= geometry.BlockAreaBytes ? Status.Ok : Status.TooLarge,
            $"{container.Subject} ({manifest.BlockAreaBytes} bytes, the slot takes {geometry.BlockAreaBytes})");
    }

    private static void CheckFailedBefore(ContainerFile container, DeviceInfo device, FlashOptions options)
    {
        bool failed = device.Failure is { } failure && failure.IsOf(container.ManifestDigest);
        Check(failed && !options.RetryFailed ? Status.FailedBefore : Status.Ok, container.Subject);
    }

    private static void CheckBase(ContainerFile container, SlotImage? baseImage)
    {
        bool fits = !container.IsDelta || (baseImage is not null && baseImage.Is(container.Header.BaseDigest));
        string found = baseImage is null ? "no image runs there" : $"version {baseImage.Version} runs there";
        Check(fits ? Status.Ok : Status.WrongBase, $"{container.Subject} ({found})");
    }

    private static SlotImage? ConfirmedOf(IReadOnlyList<SlotImage> images)
        => images.FirstOrDefault(image => image.IsConfirmed);

    private static string ReasonToSend(ContainerFile container, SlotImage? replaced)
    {
        string what = container.IsDelta ? "The delta fits the running image" : "The image is not on the device";
        return replaced is null ? what + "." : $"{what}; it replaces version {replaced.Version}.";
    }

    private static void Check(Status status, string subject) => StatusErrors.ThrowUnlessOk(status, subject);
}
