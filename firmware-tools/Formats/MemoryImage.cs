using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>What a firmware file says should be in memory, whatever the format: segments by address, and where to start.</summary>
public sealed class MemoryImage
{
    MemoryImage(IReadOnlyList<MemorySegment> segments, uint? entryPoint)
    {
        Segments = segments;
        EntryPoint = entryPoint;
    }

    /// <summary>Sorted by address, without overlap; neighbours that touch are one segment.</summary>
    public IReadOnlyList<MemorySegment> Segments { get; }

    /// <summary>Where execution starts, when the file says so. Bit 0 selects Thumb state on ARM.</summary>
    public uint? EntryPoint { get; }

    /// <summary>Bytes of all segments together.</summary>
    public long SizeBytes => Segments.Sum(segment => (long)segment.Data.Length);

    /// <summary>Sorts and joins segments. FW1107 when two of them claim the same address; empty ones are left out.</summary>
    /// <param name="segments">In any order.</param>
    /// <param name="entryPoint">Start address, or null.</param>
    /// <param name="subject">The file, for errors.</param>
    public static MemoryImage Create(IEnumerable<MemorySegment> segments, uint? entryPoint, string subject)
    {
        var joined = new List<MemorySegment>();
        var run = new List<MemorySegment>();
        foreach (MemorySegment segment in segments.Where(s => s.Data.Length > 0).OrderBy(s => s.Address))
        {
            if (run.Count > 0 && segment.Address < run[^1].EndAddress)
            {
                throw new FirmwareException(
                    ErrorCode.OverlappingSegments, ("path", subject), ("address", segment.Address));
            }

            if (run.Count > 0 && segment.Address != run[^1].EndAddress)
            {
                joined.Add(Join(run));
                run.Clear();
            }

            run.Add(segment);
        }

        if (run.Count > 0)
        {
            joined.Add(Join(run));
        }

        return new MemoryImage(joined, entryPoint);
    }

    static MemorySegment Join(List<MemorySegment> run)
        => run.Count == 1 ? run[0] : new MemorySegment(run[0].Address, [.. run.SelectMany(segment => segment.Data)]);
}
