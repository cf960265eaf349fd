namespace Twinbank.Core.Flash;

/// <summary>
/// A window onto a flash device with uniform sectors: a slot, the journal, the golden store. Offsets count from the
/// start of the region. Nothing can be read or written through it outside its bounds (invariant I7).
/// </summary>
public sealed class FlashRegion
{
    readonly FlashDevice _device;
    readonly uint _startAddress;
    readonly uint _sizeBytes;

    /// <summary>
    /// A region of <paramref name="sizeBytes"/> from <paramref name="startAddress"/>. Both are whole sectors of one
    /// size, inside the device; <see cref="Check"/> says whether that holds.
    /// </summary>
    public FlashRegion(FlashDevice device, uint startAddress, uint sizeBytes)
    {
        _device = device;
        _startAddress = startAddress;
        _sizeBytes = sizeBytes;
    }

    public FlashDevice Device => _device;

    /// <summary>Address of the region's first byte in its device.</summary>
    public uint StartAddress => _startAddress;

    public uint SizeBytes => _sizeBytes;

    public uint SectorBytes => _device.SectorBytesAt(_startAddress);

    public uint ProgramUnitBytes => _device.ProgramUnitBytes;

    /// <summary>Ok when the region is whole, equal sectors inside its device; else OutOfRange or Misaligned.</summary>
    public Status Check()
    {
        if (_sizeBytes == 0 || _startAddress > _device.SizeBytes || _sizeBytes > _device.SizeBytes - _startAddress)
        {
            return Status.OutOfRange;
        }

        uint sectorBytes = SectorBytes;
        if (_startAddress % sectorBytes != 0 || _sizeBytes % sectorBytes != 0)
        {
            return Status.Misaligned;
        }

        for (uint offset = 0; offset < _sizeBytes; offset += sectorBytes)
        {
            if (_device.SectorBytesAt(_startAddress + offset) != sectorBytes)
            {
                return Status.Misaligned;
            }
        }

        return Status.Ok;
    }

    public Status Read(uint offset, byte[] buffer, int bufferOffset, int count)
        => Contains(offset, count)
            ? _device.Read(_startAddress + offset, buffer, bufferOffset, count)
            : Status.OutOfRange;

    /// <summary>Programs whole program units; see <see cref="FlashDevice.Program"/>.</summary>
    public Status Program(uint offset, byte[] data, int dataOffset, int count)
        => Contains(offset, count)
            ? _device.Program(_startAddress + offset, data, dataOffset, count)
            : Status.OutOfRange;

    public Status EraseSector(uint offset)
        => Contains(offset, (int)SectorBytes)
            ? _device.EraseSector(_startAddress + offset)
            : Status.OutOfRange;

    bool Contains(uint offset, int count)
        => count >= 0 && offset <= _sizeBytes && (uint)count <= _sizeBytes - offset;
}
