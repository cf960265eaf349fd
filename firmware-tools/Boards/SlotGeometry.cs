namespace Twinbank.Boards;

/// <summary>
/// The shape that both slots, and the golden store where there is one, share: a header area, then logical blocks, each
/// whole sectors. A block is a data area followed by a buffer area that is left erased.
/// </summary>
public sealed record SlotGeometry
{
    /// <summary>Size of one slot, header area included.</summary>
    public required uint SlotBytes { get; init; }

    public required uint SectorBytes { get; init; }

    public required uint ProgramUnitBytes { get; init; }

    public required bool UnitsAreWriteOnce { get; init; }

    /// <summary>Size of the header area (manifest and signatures) at the start of a slot: whole sectors.</summary>
    public required uint HeaderBytes { get; init; }

    /// <summary>Default size of a logical block, data and buffer area together: whole sectors.</summary>
    public required uint BlockBytes { get; init; }

    /// <summary>Default size of the buffer area at the end of each block; less than a block, whole granules.</summary>
    public required uint BufferBytes { get; init; }

    /// <summary>Bytes of a block that an image fills by default.</summary>
    public uint DataBytes => BlockBytes - BufferBytes;

    /// <summary>Blocks of the default size in a slot.</summary>
    public uint BlockCount => HeaderBytes < SlotBytes && BlockBytes > 0 ? (SlotBytes - HeaderBytes) / BlockBytes : 0;
}
