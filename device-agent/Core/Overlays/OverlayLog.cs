using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Overlays;

/// <summary>
/// The buffer areas of a slot's image as one append-only space, and the overlays in it (specs/overlay.md section 1).
/// <see cref="Open"/> comes first and again whenever the slot may have changed.
/// </summary>
public sealed class OverlayLog
{
    const int PieceBytes = 64;

    readonly uint[] _areaStarts;
    readonly uint[] _positions = new uint[OverlayHead.GenerationMax + 1];
    readonly uint[] _containerBytes = new uint[OverlayHead.GenerationMax + 1];
    readonly uint[] _containerCrcs = new uint[OverlayHead.GenerationMax + 1];
    readonly ushort[] _baseGenerations = new ushort[OverlayHead.GenerationMax + 1];
    readonly OverlayHead _head = new OverlayHead();
    readonly byte[] _piece = new byte[PieceBytes];
    readonly SlotSeal _seal;
    readonly Crc32C _crc = new Crc32C();
    Slot? _slot;
    uint _blockBytes;
    int _blockCount;
    ushort _pending;

    /// <param name="blocksMax">Most blocks an image on this device can have.</param>
    /// <param name="unitBytes">Program unit of the slots.</param>
    public OverlayLog(int blocksMax, uint unitBytes)
    {
        _areaStarts = new uint[blocksMax];
        _seal = new SlotSeal(unitBytes);
        HalfBytes = unitBytes > OverlayHead.HalfBytes ? unitBytes : OverlayHead.HalfBytes;
    }

    /// <summary>Bytes of one half of a head, with its padding.</summary>
    public uint HalfBytes { get; }

    /// <summary>Records start at multiples of this; also the bytes of a whole head.</summary>
    public uint StepBytes => 2 * HalfBytes;

    /// <summary>Length of the log; 0 in a slot without a seal.</summary>
    public uint TotalBytes { get; private set; }

    /// <summary>Where the next record starts.</summary>
    public uint EndPosition { get; private set; }

    /// <summary>The newest generation; 0 without any overlay.</summary>
    public ushort Newest { get; private set; }

    /// <summary>The generation that a generation was made from.</summary>
    public ushort BaseOf(ushort generation) => _baseGenerations[generation];

    public uint ContainerBytesOf(ushort generation) => _containerBytes[generation];

    /// <summary>Compares a container with its checksum: Ok, BadChecksum or a read error.</summary>
    public Status CheckContainer(ushort generation)
    {
        _crc.Reset();
        uint bytes = _containerBytes[generation];
        for (uint offset = 0; offset < bytes; offset += PieceBytes)
        {
            int piece = bytes - offset < PieceBytes ? (int)(bytes - offset) : PieceBytes;
            Status status = ReadContainer(generation, offset, _piece, 0, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            _crc.Update(_piece, 0, piece);
        }

        return generation == _pending || _crc.Value == _containerCrcs[generation] ? Status.Ok : Status.BadChecksum;
    }

    /// <summary>
    /// Looks at the slot whose image as installed has this manifest. With <paramref name="withPending"/> a last record
    /// whose second half is missing counts as a generation. Gives Ok, TooLarge or a read error.
    /// </summary>
    public Status Open(Slot slot, Manifest ground, bool withPending)
    {
        Newest = 0;
        _pending = 0;
        EndPosition = 0;
        TotalBytes = 0;
        _slot = slot;
        _blockBytes = ground.BlockBytes;
        _blockCount = ground.BlockCount;
        if (_blockCount > _areaStarts.Length)
        {
            return Status.TooLarge;
        }

        if (!_seal.IsSealed(slot) || StoredImage.CheckGeometry(ground, slot) != Status.Ok)
        {
            return Status.Ok;
        }

        for (int block = 0; block < _blockCount; block++)
        {
            uint start = RoundUp(ground.BlockDataBytes(block));
            _areaStarts[block] = start < _blockBytes ? start : _blockBytes;
            TotalBytes += _blockBytes - _areaStarts[block];
        }

        return Scan(withPending);
    }

    /// <summary>Bytes of the log that a record with such a container takes.</summary>
    public uint RecordBytes(uint containerBytes) => StepBytes + RoundUp(containerBytes);

    /// <summary>Reads from the container of a generation; OutOfRange outside it.</summary>
    public Status ReadContainer(ushort generation, uint offset, byte[] buffer, int bufferOffset, int count)
        => generation == 0 || generation > Newest || count < 0 || offset > _containerBytes[generation]
            || (uint)count > _containerBytes[generation] - offset
            ? Status.OutOfRange
            : Read(_positions[generation] + StepBytes + offset, buffer, bufferOffset, count);

    /// <summary>Ok when the range reads erased, else NotErased or a read error.</summary>
    public Status CheckErased(uint position, uint count)
    {
        while (count > 0)
        {
            int piece = count < PieceBytes ? (int)count : PieceBytes;
            Status status = Read(position, _piece, 0, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            if (!Bytes.AllAre(_piece, 0, piece, 0xFF))
            {
                return Status.NotErased;
            }

            position += (uint)piece;
            count -= (uint)piece;
        }

        return Status.Ok;
    }

    /// <summary>Reads a range of the log; OutOfRange past its end.</summary>
    public Status Read(uint position, byte[] buffer, int bufferOffset, int count)
        => Move(position, buffer, bufferOffset, count, isProgram: false);

    /// <summary>Programs whole units of the log, one operation for each area they lie in.</summary>
    public Status Program(uint position, byte[] data, int dataOffset, int count)
        => Move(position, data, dataOffset, count, isProgram: true);

    Status Scan(bool withPending)
    {
        uint position = 0;
        uint pending = TotalBytes;
        while (TotalBytes - position >= StepBytes)
        {
            // A place that cannot be read holds half a head that was cut, and is stepped over like any such place.
            Status status = Read(position, _head.Buffer, 0, OverlayHead.HalfBytes);
            if (status != Status.Ok || !_head.IsOpen)
            {
                if (status == Status.Ok && _head.IsErased)
                {
                    break;
                }

                position += StepBytes;
                continue;
            }

            // A count that does not fit cannot have been written: the log ends here, and what follows is not erased.
            if (_head.ContainerBytes > TotalBytes || RecordBytes(_head.ContainerBytes) > TotalBytes - position)
            {
                break;
            }

            pending = position;
            if (ReadCommit(position))
            {
                if (_head.Generation != Newest + 1)
                {
                    break;
                }

                Admit(position);
                pending = TotalBytes;
            }

            position += RecordBytes(_head.ContainerBytes);
        }

        EndPosition = position;
        return withPending && pending < TotalBytes ? AdmitPending(pending) : Status.Ok;
    }

    Status AdmitPending(uint position)
    {
        Status status = Read(position, _head.Buffer, 0, OverlayHead.HalfBytes);
        if (status == Status.Ok && _head.IsOpen && _head.Generation == Newest + 1)
        {
            Admit(position);
            _pending = Newest;
        }

        return status;
    }

    bool ReadCommit(uint position)
        => Read(position + HalfBytes, _head.Buffer, OverlayHead.HalfBytes, OverlayHead.HalfBytes) == Status.Ok
            && _head.IsCommitted;

    void Admit(uint position)
    {
        Newest = _head.Generation;
        _positions[Newest] = position;
        _containerBytes[Newest] = _head.ContainerBytes;
        _containerCrcs[Newest] = _head.ContainerCrc;
        _baseGenerations[Newest] = _head.BaseGeneration;
    }

    Status Move(uint position, byte[] buffer, int bufferOffset, int count, bool isProgram)
    {
        uint areaPosition = 0;
        for (int block = 0; block < _blockCount && count > 0; block++)
        {
            uint areaBytes = _blockBytes - _areaStarts[block];
            if (position < areaPosition + areaBytes)
            {
                uint within = position - areaPosition;
                int piece = areaBytes - within < (uint)count ? (int)(areaBytes - within) : count;
                uint offset = ((uint)block * _blockBytes) + _areaStarts[block] + within;
                Status status = isProgram
                    ? _slot!.ProgramBlockArea(offset, buffer, bufferOffset, piece)
                    : _slot!.ReadBlockArea(offset, buffer, bufferOffset, piece);
                if (status != Status.Ok)
                {
                    return status;
                }

                position += (uint)piece;
                bufferOffset += piece;
                count -= piece;
            }

            areaPosition += areaBytes;
        }

        return count == 0 ? Status.Ok : Status.OutOfRange;
    }

    uint RoundUp(uint count) => (count + StepBytes - 1) & ~(StepBytes - 1);
}
