using Twinbank.Core.Flash;

namespace Twinbank.Core.Slots;

/// <summary>
/// A place for one image: a region, split into header area and block area (specs/image.md section 6).
/// </summary>
public sealed class Slot
{
    readonly FlashRegion _region;
    readonly uint _headerAreaBytes;

    /// <param name="id">Its name.</param>
    /// <param name="region">All of the slot.</param>
    /// <param name="headerAreaBytes">Whole sectors at its start, less than the region.</param>
    public Slot(SlotId id, FlashRegion region, uint headerAreaBytes)
    {
        Id = id;
        _region = region;
        _headerAreaBytes = headerAreaBytes;
    }

    public SlotId Id { get; }

    public FlashRegion Region => _region;

    public uint HeaderAreaBytes => _headerAreaBytes;

    public uint BlockAreaBytes => _region.SizeBytes - _headerAreaBytes;

    /// <summary>Address of the block area's first byte in the flash device.</summary>
    public uint BlockAreaAddress => _region.StartAddress + _headerAreaBytes;

    public Status ReadHeaderArea(uint offset, byte[] buffer, int bufferOffset, int count)
        => (uint)count <= _headerAreaBytes && offset <= _headerAreaBytes - (uint)count
            ? _region.Read(offset, buffer, bufferOffset, count)
            : Status.OutOfRange;

    /// <summary>Reads from the block area.</summary>
    public Status ReadBlockArea(uint offset, byte[] buffer, int bufferOffset, int count)
        => offset <= BlockAreaBytes
            ? _region.Read(_headerAreaBytes + offset, buffer, bufferOffset, count)
            : Status.OutOfRange;

    public Status ProgramBlockArea(uint offset, byte[] data, int dataOffset, int count)
        => offset <= BlockAreaBytes
            ? _region.Program(_headerAreaBytes + offset, data, dataOffset, count)
            : Status.OutOfRange;

    public Status EraseBlockAreaSector(uint offset)
        => offset < BlockAreaBytes ? _region.EraseSector(_headerAreaBytes + offset) : Status.OutOfRange;
}
