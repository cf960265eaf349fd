using Twinbank.Core.Format;
using Twinbank.Errors;
using Twinbank.Images.Containers;

namespace Twinbank.Flashing.Devices;

/// <summary>Cuts an upload into requests of the size a device takes.</summary>
internal sealed class UploadChunks
{
    // CBOR of {"off": u32, "data": bytes} with its header, and what the first chunk has besides: len, sha, insist
    // and strategy.
    private const int OverheadBytes = 26;
    private const int FirstOverheadBytes = OverheadBytes + 73;
    private const int DataBytesMin = 16;

    private readonly int _requestBytesMax;
    private readonly long[] _boundaries;

    /// <param name="data">All bytes of the upload.</param>
    /// <param name="requestBytesMax">Largest request, header included.</param>
    public UploadChunks(ReadOnlyMemory<byte> data, int requestBytesMax)
    {
        Data = data;
        _requestBytesMax = requestBytesMax;
        _boundaries = BoundariesOf(data);
    }

    public ReadOnlyMemory<byte> Data { get; }

    public long TotalBytes => Data.Length;

    /// <summary>The bytes of the request that starts at the offset.</summary>
    /// <param name="offset">Where it starts.</param>
    /// <param name="stopsAtBoundary">True to end where the device may jump.</param>
    public ReadOnlyMemory<byte> At(long offset, bool stopsAtBoundary)
    {
        int room = _requestBytesMax - (offset == 0 ? FirstOverheadBytes : OverheadBytes);
        long count = Math.Min(Math.Max(room, DataBytesMin), TotalBytes - offset);
        if (stopsAtBoundary)
        {
            int index = Array.BinarySearch(_boundaries, offset);
            int next = index >= 0 ? index + 1 : ~index;
            count = next < _boundaries.Length ? Math.Min(count, _boundaries[next] - offset) : count;
        }

        return Data.Slice((int)offset, (int)count);
    }

    public bool IsBoundary(long offset) => Array.BinarySearch(_boundaries, offset) >= 0;

    /// <summary>
    /// Where a device may jump ahead: after the tables, and after the carried bytes of each block. None for what is no
    /// container of ours: then the device takes all bytes.
    /// </summary>
    private static long[] BoundariesOf(ReadOnlyMemory<byte> data)
    {
        try
        {
            ContainerFile file = ContainerFile.Parse("the upload", data.ToArray());
            long start = file.Header.PayloadStart;
            return [.. Enumerable.Range(0, file.Manifest.BlockCount)
                .Select(block => start + file.Carriers.PayloadOffset(block) + file.Carriers.PayloadBytes(block))
                .Prepend(start).Distinct()];
        }
        catch (FirmwareException)
        {
            return [];
        }
    }
}
