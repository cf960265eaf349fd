using Twinbank.Core.Checks;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Overlays;

/// <summary>
/// Appends one overlay to a log (specs/overlay.md section 1): first half of the head, container, second half. Power
/// loss before the end of the second half leaves a record that reserves its place and is no generation.
/// </summary>
sealed class OverlayWriter
{
    const int PieceBytesMin = 256;

    readonly uint _unitBytes;
    readonly byte[] _piece;
    readonly OverlayHead _head = new OverlayHead();
    readonly Crc32C _crc = new Crc32C();
    OverlayLog? _log;
    uint _start;
    uint _written;
    int _pending;

    /// <param name="unitBytes">Program unit of the slots.</param>
    internal OverlayWriter(uint unitBytes)
    {
        _unitBytes = unitBytes;
        _piece = new byte[unitBytes > PieceBytesMin ? unitBytes : PieceBytesMin];
    }

    /// <summary>
    /// Takes the place behind the last record of the log. Gives Ok, NoSpace, NotErased, or what the flash says; before
    /// the last one nothing was programmed.
    /// </summary>
    internal Status Begin(OverlayLog log, ushort baseGeneration, byte[] baseDigest, uint containerBytes)
    {
        _log = log;
        _start = log.EndPosition;
        _written = 0;
        _pending = 0;
        _crc.Reset();
        uint room = log.TotalBytes - _start;
        if (log.Newest == OverlayHead.GenerationMax || room < log.StepBytes || containerBytes > room - log.StepBytes
            || log.RecordBytes(containerBytes) > room)
        {
            return Status.NoSpace;
        }

        Status status = log.CheckErased(_start, log.RecordBytes(containerBytes));
        if (status != Status.Ok)
        {
            return status;
        }

        _head.Open((ushort)(log.Newest + 1), baseGeneration, containerBytes, baseDigest);
        return ProgramHalf(0, 0);
    }

    /// <summary>Takes the next bytes of the container.</summary>
    internal Status Write(byte[] data, int offset, int count)
    {
        _crc.Update(data, offset, count);
        while (count > 0)
        {
            int room = _piece.Length - _pending;
            int taken = count < room ? count : room;
            Bytes.Copy(data, offset, _piece, _pending, taken);
            _pending += taken;
            offset += taken;
            count -= taken;
            Status status = _pending == _piece.Length ? Flush() : Status.Ok;
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    /// <summary>Programs what is left of the container.</summary>
    internal Status Flush()
    {
        // Units of 0xFF stay erased: programming them would change nothing but use up units that are written once.
        int units = (int)(((uint)_pending + _unitBytes - 1) & ~(_unitBytes - 1));
        Bytes.Fill(_piece, _pending, units - _pending, 0xFF);
        int count = units;
        while (count > 0 && Bytes.AllAre(_piece, count - (int)_unitBytes, (int)_unitBytes, 0xFF))
        {
            count -= (int)_unitBytes;
        }

        Status status = count == 0
            ? Status.Ok
            : _log!.Program(_start + _log.StepBytes + _written, _piece, 0, count);
        _written += (uint)_pending;
        _pending = 0;
        return status;
    }

    /// <summary>Makes the overlay a generation: the one program operation that commits it.</summary>
    internal Status Commit(byte[] manifestDigest)
    {
        _head.Commit(_crc.Value, manifestDigest);
        return ProgramHalf(_log!.HalfBytes, OverlayHead.HalfBytes);
    }

    Status ProgramHalf(uint position, int headOffset)
    {
        int count = (int)_log!.HalfBytes;
        Bytes.Fill(_piece, 0, count, 0xFF);
        Bytes.Copy(_head.Buffer, headOffset, _piece, 0, OverlayHead.HalfBytes);
        return _log.Program(_start + position, _piece, 0, count);
    }
}
