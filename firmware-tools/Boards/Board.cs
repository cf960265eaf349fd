using Twinbank.Core.Format;

namespace Twinbank.Boards;

/// <summary>
/// One board as its file describes it, checked and complete. A board of a catalogue satisfies every rule of
/// <see cref="BoardRules"/>.
/// </summary>
public sealed record Board
{
    /// <summary>The id in manifests, for example <c>qemu-virt</c>: 1 to 31 characters a-z, 0-9 and hyphens.</summary>
    public required string Id { get; init; }

    public required string Name { get; init; }

    public string Description { get; init; } = "";

    /// <summary>The file it was read from, or <c>built in</c> and the file's name.</summary>
    public required string Source { get; init; }

    public required Chip Chip { get; init; }

    /// <summary>Known revisions, by number; at least one.</summary>
    public required IReadOnlyList<HardwareRevision> Revisions { get; init; }

    /// <summary>All flash: the chip's, then the board's.</summary>
    public required IReadOnlyList<FlashBank> Banks { get; init; }

    /// <summary>All regions, by bank and address.</summary>
    public required IReadOnlyList<Region> Regions { get; init; }

    public required SlotGeometry Slots { get; init; }

    public required TranslationRule Translation { get; init; }

    /// <summary>The one address that applications are linked for.</summary>
    public required uint VirtualBase { get; init; }

    /// <summary>Size of the virtual window in bytes.</summary>
    public required uint VirtualBytes { get; init; }

    /// <summary>The virtual window that applications see themselves in.</summary>
    public MemoryRange Window => new(VirtualBase, VirtualBytes);

    /// <summary>Where images are copied to before they run; null when they run in place.</summary>
    public MemoryRange? LoadArea { get; init; }

    /// <summary>RAM that the application owns; null on the simulator.</summary>
    public MemoryRange? ApplicationRam { get; init; }

    /// <summary>RAM that the boot stage keeps while the application runs; null on the simulator.</summary>
    public MemoryRange? BootRam { get; init; }

    public required IReadOnlyList<PayloadKind> Payloads { get; init; }

    public required TrialPolicy Trial { get; init; }

    public required IReadOnlyList<BoardLink> Links { get; init; }

    /// <summary>Other geometries of a simulated board, which <see cref="BoardCatalog.Find"/> gives by name.</summary>
    public IReadOnlyList<BoardVariant> Variants { get; init; } = [];

    public Region Journal => Require(RegionRole.Journal);

    public Region SlotA => Require(RegionRole.SlotA);

    public Region SlotB => Require(RegionRole.SlotB);

    /// <summary>The golden store; null when the board has none.</summary>
    public Region? Golden => FindRegion(RegionRole.Golden);

    /// <summary>The boot stage's region; null on the simulator.</summary>
    public Region? BootStage => FindRegion(RegionRole.BootStage);

    /// <summary>The first region with the role, or null.</summary>
    public Region? FindRegion(RegionRole role) => Regions.FirstOrDefault(region => region.Role == role);

    /// <summary>This board with the variant's geometry and <c>id.variant</c> as its id.</summary>
    public Board With(BoardVariant variant) => VariantLayout.Apply(this, variant);

    Region Require(RegionRole role)
        => FindRegion(role) ?? throw new InvalidOperationException($"Board {Id} passed the rules without {role}.");
}
