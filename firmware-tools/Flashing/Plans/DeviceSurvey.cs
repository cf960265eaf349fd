using Twinbank.Boards;
using Twinbank.Flashing.Devices;
using Twinbank.Images.Planning;

namespace Twinbank.Flashing.Plans;

/// <summary>Everything that was asked of a device before an update: nothing of it changes the device.</summary>
public sealed record DeviceSurvey
{
    private const int SlotA = 0;
    private const int SlotB = 1;

    public required DeviceInfo Info { get; init; }

    public required IReadOnlyList<SlotImage> Images { get; init; }

    /// <summary>What lies in the slot that a sync or full update writes; null when it is empty or torn.</summary>
    public SlotTables? OtherTables { get; init; }

    /// <summary>The generations of the running slot; null where the device knows of none.</summary>
    public SlotGenerations? RunningGenerations { get; init; }

    /// <summary>The generations of the other slot.</summary>
    public SlotGenerations? OtherGenerations { get; init; }

    /// <summary>The slot that a sync or full update writes.</summary>
    public int OtherSlot => Info.ActiveSlot == SlotA ? SlotB : SlotA;

    /// <summary>The image that runs; null in recovery.</summary>
    public SlotImage? Running => Images.FirstOrDefault(image => image.IsActive);

    /// <summary>The image that a sync or full update replaces; null when that slot holds none.</summary>
    public SlotImage? Other => Images.FirstOrDefault(image => image.Slot == OtherSlot);

    /// <summary>Manifest digest of the running image; null in recovery.</summary>
    public byte[]? RunningDigest => Running?.Digest.ToArray();

    /// <summary>Asks a device.</summary>
    /// <exception cref="Twinbank.Errors.FirmwareException">What happened to the link; NotSupported by SMP devices that
    /// are not ours.</exception>
    public static async Task<DeviceSurvey> TakeAsync(DeviceSession session, CancellationToken cancellation = default)
    {
        DeviceInfo info = await session.ReadInfoAsync(cancellation: cancellation).ConfigureAwait(false);
        var survey = new DeviceSurvey
        {
            Info = info, Images = await session.ReadImagesAsync(cancellation).ConfigureAwait(false),
        };
        if (info.OverlayRamBytes is not null && info.ActiveSlot is SlotA or SlotB)
        {
            survey = survey with
            {
                RunningGenerations = await session.TryReadGenerationsAsync(info.ActiveSlot!.Value, cancellation)
                    .ConfigureAwait(false),
                OtherGenerations = await session.TryReadGenerationsAsync(survey.OtherSlot, cancellation)
                    .ConfigureAwait(false),
            };
        }

        // What a slot says of itself is only worth something when all of its blocks are there.
        return survey.Other is { IsBootable: true }
            ? survey with
            {
                OtherTables = await new SlotReader(session, info.Geometry, survey.OtherSlot)
                    .TryReadTablesAsync(cancellation).ConfigureAwait(false),
            }
            : survey;
    }

    /// <summary>The device as the planner of updates sees it.</summary>
    /// <param name="board">Its board file, for the times of its flash; null when this host does not know the
    /// board.</param>
    /// <param name="link">Cost of the link that is used.</param>
    public PlanDevice ToPlanDevice(Board? board, LinkCost link) => new()
    {
        BoardId = Info.Board,
        Translation = Info.Translation,
        GranuleBytes = Info.GranuleBytes,
        Geometry = new PlanGeometry(
            Info.Geometry.HeaderBytes, Info.Geometry.SectorBytes, Info.Geometry.ProgramUnitBytes),
        Times = board?.SlotA.Bank.Times,
        Link = link,
        RunningDigest = RunningDigest,
        RunningVersion = Running?.Version ?? "",
        Overlays = RunningGenerations is { TotalBytes: > 0 } room
            ? new OverlaySpace(room.TotalBytes, room.FreeBytes, Info.RunningGeneration, Info.OverlayRamBytes)
            : null,
        OtherSlot = OtherTables?.Manifest,
        OtherSlotDigest = OtherTables?.ManifestDigest,
        OtherSlotOverlayBytes = OtherGenerations is { } other ? other.TotalBytes - other.FreeBytes : 0,
    };
}
