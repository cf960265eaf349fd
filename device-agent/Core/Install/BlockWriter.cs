using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// Writes one block into a slot: erases it, takes its bytes in order, programs them in pieces of whole units, and lets
/// a recipe read its base and what was written already.
/// </summary>
sealed class BlockWriter : RecipeIo
{
    readonly byte[] _pending;
    readonly byte[] _blank;
    readonly uint _unitBytes;
    StoredImage? _base;
    Slot? _slot;
    uint _blockOffset;
    uint _limit;
    uint _programmed;
    int _pendingCount;

    /// <param name="pieceBytes">Size of one program operation: a multiple of the program unit.</param>
    /// <param name="unitBytes">Program unit of the slots.</param>
    /// <param name="scratch">Shared read buffer.</param>
    internal BlockWriter(int pieceBytes, uint unitBytes, byte[] scratch)
    {
        _pending = new byte[pieceBytes];
        _unitBytes = unitBytes;
        _blank = scratch;
    }

    /// <summary>Bytes taken so far.</summary>
    internal uint WrittenBytes => _programmed + (uint)_pendingCount;

    /// <summary>
    /// Erases the block and starts it. Sectors of the buffer area that are blank already are left alone: an erase is
    /// wear. Those of the data area are always erased, and with <paramref name="erasesBlank"/> the others, too, since
    /// what a cut erase left may look blank and not hold.
    /// </summary>
    internal Status Begin(
        Slot slot, uint blockOffset, uint blockBytes, uint dataBytes, bool erasesBlank, StoredImage? baseImage)
    {
        _slot = slot;
        _base = baseImage;
        _blockOffset = blockOffset;
        _limit = dataBytes;
        _programmed = 0;
        _pendingCount = 0;
        uint sectorBytes = slot.Region.SectorBytes;
        for (uint offset = 0; offset < blockBytes; offset += sectorBytes)
        {
            if (!erasesBlank && offset >= dataBytes && IsBlank(slot, blockOffset + offset, sectorBytes))
            {
                continue;
            }

            Status status = slot.EraseBlockAreaSector(blockOffset + offset);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count)
        => _base == null ? Status.OutOfRange : _base.ReadPayload(payloadOffset, buffer, offset, count);

    public override Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count)
    {
        if (_slot == null || count < 0 || blockOffset > WrittenBytes || (uint)count > WrittenBytes - blockOffset)
        {
            return Status.OutOfRange;
        }

        int fromFlash = blockOffset >= _programmed ? 0
            : (uint)count < _programmed - blockOffset ? count : (int)(_programmed - blockOffset);
        Status status = fromFlash == 0
            ? Status.Ok
            : _slot.ReadBlockArea(_blockOffset + blockOffset, buffer, offset, fromFlash);
        if (status == Status.Ok && fromFlash < count)
        {
            int pendingOffset = (int)(blockOffset + (uint)fromFlash - _programmed);
            Bytes.Copy(_pending, pendingOffset, buffer, offset + fromFlash, count - fromFlash);
        }

        return status;
    }

    public override Status Emit(byte[] data, int offset, int count)
    {
        if ((uint)count > _limit - WrittenBytes)
        {
            return Status.BadLength;
        }

        while (count > 0)
        {
            int room = _pending.Length - _pendingCount;
            int piece = count < room ? count : room;
            Bytes.Copy(data, offset, _pending, _pendingCount, piece);
            _pendingCount += piece;
            offset += piece;
            count -= piece;
            if (_pendingCount == _pending.Length)
            {
                Status status = ProgramPending(_pendingCount);
                if (status != Status.Ok)
                {
                    return status;
                }
            }
        }

        return Status.Ok;
    }

    /// <summary>Programs what is left, padded with 0xFF to a whole unit. BadLength when bytes are missing.</summary>
    internal Status End()
    {
        if (WrittenBytes != _limit)
        {
            return Status.BadLength;
        }

        if (_pendingCount == 0)
        {
            return Status.Ok;
        }

        int padded = (int)(((uint)_pendingCount + _unitBytes - 1) & ~(_unitBytes - 1));
        Bytes.Fill(_pending, _pendingCount, padded - _pendingCount, 0xFF);
        return ProgramPending(padded);
    }

    Status ProgramPending(int count)
    {
        Status status = _slot!.ProgramBlockArea(_blockOffset + _programmed, _pending, 0, count);
        _programmed += (uint)_pendingCount;
        _pendingCount = 0;
        return status;
    }

    /// <summary>True when the range of the block area reads erased.</summary>
    internal bool IsBlank(Slot slot, uint offset, uint count)
    {
        while (count > 0)
        {
            int piece = count < (uint)_blank.Length ? (int)count : _blank.Length;
            if (slot.ReadBlockArea(offset, _blank, 0, piece) != Status.Ok || !Bytes.AllAre(_blank, 0, piece, 0xFF))
            {
                return false;
            }

            offset += (uint)piece;
            count -= (uint)piece;
        }

        return true;
    }
}
