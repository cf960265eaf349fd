using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// A payload as bytes at addresses, whatever file it came from. Segments ascend, do not overlap and are not empty;
/// there is at least one.
/// </summary>
public sealed record MemoryImage
{
    MemoryImage(string source, PayloadFormat format, IReadOnlyList<MemorySegment> segments)
    {
        Source = source;
        Format = format;
        Segments = segments;
    }

    /// <summary>The file's name for messages.</summary>
    public string Source { get; }

    public PayloadFormat Format { get; }

    public IReadOnlyList<MemorySegment> Segments { get; }

    /// <summary>Where the program starts; null when the file does not say. Bit 0 set: Thumb code.</summary>
    public uint? EntryPoint { get; init; }

    /// <summary>e_machine of an ELF file (40: ARM); null for other formats.</summary>
    public ushort? Machine { get; init; }

    /// <summary>The DFU suffix that was stripped; null when there was none.</summary>
    public DfuSuffix? DfuSuffix { get; init; }

    /// <summary>Text of an S-record's header; else empty.</summary>
    public string HeaderText { get; init; } = "";

    public uint StartAddress => Segments[0].Address;

    /// <summary>The address after the last byte: up to 0x1_0000_0000.</summary>
    public ulong EndAddress => Segments[^1].EndAddress;

    /// <summary>Bytes from the first to the last, holes included.</summary>
    public ulong SpanBytes => EndAddress - StartAddress;

    /// <summary>Bytes of all segments, without holes.</summary>
    public long DataBytes => Segments.Sum(segment => (long)segment.Data.Length);

    /// <summary>An image of bytes that come from no file, such as a test's.</summary>
    /// <exception cref="FirmwareException">PayloadEmpty, PayloadTooScattered, OverlappingSegments.</exception>
    public static MemoryImage Create(IEnumerable<MemorySegment> segments, uint? entryPoint, string source)
        => Create(source, PayloadFormat.Raw, segments) with { EntryPoint = entryPoint };

    /// <summary>An image of the segments, which may come in any order. The rest is given by <c>with</c>.</summary>
    /// <exception cref="FirmwareException">PayloadEmpty, PayloadTooScattered, OverlappingSegments.</exception>
    public static MemoryImage Create(string source, PayloadFormat format, IEnumerable<MemorySegment> segments)
    {
        MemorySegment[] sorted = [.. segments.Where(segment => segment.Data.Length > 0).OrderBy(s => s.Address)];
        if (sorted.Length == 0)
        {
            throw new FirmwareException(ErrorCode.PayloadEmpty, ("path", source));
        }

        if (sorted.Length > PayloadLimits.SegmentCountMax)
        {
            throw new FirmwareException(
                ErrorCode.PayloadTooScattered, ("path", source), ("limit", PayloadLimits.SegmentCountMax));
        }

        for (int i = 1; i < sorted.Length; i++)
        {
            if (sorted[i].Address < sorted[i - 1].EndAddress)
            {
                throw new FirmwareException(
                    ErrorCode.OverlappingSegments, ("path", source), ("address", sorted[i].Address));
            }
        }

        return new MemoryImage(source, format, sorted);
    }

    /// <summary>
    /// Copies what the image has from the address on into the target. Bytes of the target that no segment holds get the
    /// fill value.
    /// </summary>
    public void Read(uint address, Span<byte> target, byte fill)
    {
        target.Fill(fill);
        ulong end = (ulong)address + (ulong)target.Length;
        for (int i = FirstEndingAfter(address); i < Segments.Count && Segments[i].Address < end; i++)
        {
            MemorySegment segment = Segments[i];
            ulong from = Math.Max(address, segment.Address);
            int count = (int)(Math.Min(end, segment.EndAddress) - from);
            segment.Data.AsSpan((int)(from - segment.Address), count).CopyTo(target[(int)(from - address)..]);
        }
    }

    /// <summary>
    /// The same bytes with neighbouring segments joined, so that images of different formats compare.
    /// </summary>
    public IReadOnlyList<MemorySegment> JoinedSegments()
    {
        var builder = new MemoryImageBuilder(Source);
        foreach (MemorySegment segment in Segments)
        {
            builder.Add(segment.Address, segment.Data);
        }

        return builder.ToSegments();
    }

    /// <summary>True when both have the same bytes at the same addresses, however they are divided.</summary>
    public bool HasSameBytesAs(MemoryImage other)
    {
        IReadOnlyList<MemorySegment> mine = JoinedSegments();
        IReadOnlyList<MemorySegment> theirs = other.JoinedSegments();
        return mine.Count == theirs.Count
            && mine.Zip(theirs).All(pair => pair.First.Address == pair.Second.Address
                && pair.First.Data.AsSpan().SequenceEqual(pair.Second.Data));
    }

    int FirstEndingAfter(uint address)
    {
        int low = 0;
        int high = Segments.Count;
        while (low < high)
        {
            int middle = (low + high) / 2;
            if (Segments[middle].EndAddress > address)
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }

        return low;
    }
}
