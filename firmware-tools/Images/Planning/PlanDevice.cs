using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Images.Planning;

/// <summary>What of a device decides how an update is best done. A value: nobody talks to the device for it.</summary>
public sealed record PlanDevice
{
    /// <summary>Board id.</summary>
    public required string BoardId { get; init; }

    public required Translation Translation { get; init; }

    /// <summary>Granule of the translation in bytes.</summary>
    public uint GranuleBytes { get; init; } = 1;

    public required PlanGeometry Geometry { get; init; }

    /// <summary>Typical times of its flash; null when nobody knows them.</summary>
    public FlashTimes? Times { get; init; }

    public LinkCost Link { get; init; } = LinkCost.Unknown;

    /// <summary>Manifest digest of the image that runs, its overlays included; null when none runs.</summary>
    public byte[]? RunningDigest { get; init; }

    /// <summary>Its version, for sentences.</summary>
    public string RunningVersion { get; init; } = "";

    /// <summary>Room for overlays; null when the device takes none.</summary>
    public OverlaySpace? Overlays { get; init; }

    /// <summary>
    /// Manifest of the whole image in the other slot; null when that slot is empty, torn or not known. Then the costs
    /// are the highest possible ones.
    /// </summary>
    public Manifest? OtherSlot { get; init; }

    /// <summary>Manifest digest of that image.</summary>
    public byte[]? OtherSlotDigest { get; init; }

    /// <summary>Bytes of the overlay log of the other slot that are in use, from its first block on.</summary>
    public long OtherSlotOverlayBytes { get; init; }

    /// <summary>
    /// A device of this board, over its serial line if it has one, that runs an image without overlays; what its other
    /// slot holds is not known.
    /// </summary>
    public static PlanDevice OfBoard(Board board, Manifest? running)
    {
        bool composes = board.Translation.Kind is Translation.MmuPages or Translation.Software;
        BoardLink? serial = board.Links.FirstOrDefault(link => link.BaudRate is not null);
        return new PlanDevice
        {
            BoardId = board.Id,
            Translation = board.Translation.Kind,
            GranuleBytes = board.Translation.GranuleBytes,
            Geometry = new PlanGeometry(
                board.Slots.HeaderBytes, board.Slots.SectorBytes, board.Slots.ProgramUnitBytes),
            Times = board.SlotA.Bank.Times,
            Link = serial is null ? LinkCost.Unknown : LinkCost.Serial(serial.BaudRate!.Value, isCompact: true),
            Overlays = composes && running is not null
                ? OverlaySpace.OfFresh(running, board.Slots.ProgramUnitBytes)
                : null,
        };
    }
}
