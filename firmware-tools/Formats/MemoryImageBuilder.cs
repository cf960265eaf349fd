using System.Buffers;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// Gathers bytes that arrive in small pieces, as in HEX files. A piece that continues the one before costs nothing; a
/// byte that is given twice must have the same value both times.
/// </summary>
sealed class MemoryImageBuilder(string source)
{
    readonly ArrayBufferWriter<byte> _bytes = new();
    readonly List<Run> _runs = [];

    /// <summary>Adds bytes. Address plus length must not pass 0x1_0000_0000.</summary>
    internal void Add(uint address, ReadOnlySpan<byte> data)
    {
        if (data.Length == 0)
        {
            return;
        }

        int offset = _bytes.WrittenCount;
        _bytes.Write(data);
        if (_runs.Count > 0 && _runs[^1].EndAddress == address)
        {
            _runs[^1] = _runs[^1] with { Length = _runs[^1].Length + data.Length };
        }
        else
        {
            _runs.Add(new Run(address, offset, data.Length));
        }
    }

    /// <summary>The bytes as ascending segments with holes between them.</summary>
    /// <exception cref="FirmwareException">OverlappingSegments, PayloadTooScattered.</exception>
    internal IReadOnlyList<MemorySegment> ToSegments()
    {
        var segments = new List<MemorySegment>();
        var current = new ArrayBufferWriter<byte>();
        uint start = 0;
        foreach (Run run in _runs.OrderBy(run => run.Address))
        {
            if (current.WrittenCount > 0 && run.Address > (ulong)start + (ulong)current.WrittenCount)
            {
                Finish(segments, start, current);
            }

            if (current.WrittenCount == 0)
            {
                start = run.Address;
            }

            Append(start, current, run);
        }

        Finish(segments, start, current);
        return segments;
    }

    void Append(uint start, ArrayBufferWriter<byte> current, Run run)
    {
        ReadOnlySpan<byte> data = _bytes.WrittenSpan.Slice(run.Offset, run.Length);
        int position = (int)(run.Address - start);
        int repeated = Math.Min(current.WrittenCount - position, data.Length);
        int same = current.WrittenSpan.Slice(position, repeated).CommonPrefixLength(data);
        if (same < repeated)
        {
            throw new FirmwareException(
                ErrorCode.OverlappingSegments, ("path", source), ("address", run.Address + (uint)same));
        }

        current.Write(data[repeated..]);
    }

    void Finish(List<MemorySegment> segments, uint start, ArrayBufferWriter<byte> current)
    {
        if (segments.Count == PayloadLimits.SegmentCountMax)
        {
            throw new FirmwareException(
                ErrorCode.PayloadTooScattered, ("path", source), ("limit", PayloadLimits.SegmentCountMax));
        }

        if (current.WrittenCount > 0)
        {
            segments.Add(new MemorySegment(start, current.WrittenSpan.ToArray()));
            current.ResetWrittenCount();
        }
    }

    readonly record struct Run(uint Address, int Offset, int Length)
    {
        internal ulong EndAddress => (ulong)Address + (ulong)Length;
    }
}
