using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;
using Twinbank.Errors;
using Twinbank.Images;

namespace Twinbank.Flashing.Devices;

/// <summary>
/// Reads the image out of a slot (specs/smp.md section 6.3 and image.md section 6). Nothing that comes back is trusted:
/// lengths are held against the format's limits and the slot, every block against its hash.
/// </summary>
public sealed class SlotReader
{
    private readonly DeviceSession _session;
    private readonly DeviceGeometry _geometry;
    private readonly int _slot;
    private readonly string _subject;

    /// <param name="session">The device.</param>
    /// <param name="geometry">Shape of its slots.</param>
    /// <param name="slot">0 A, 1 B, 2 golden.</param>
    public SlotReader(DeviceSession session, DeviceGeometry geometry, int slot)
    {
        _session = session;
        _geometry = geometry;
        _slot = slot;
        _subject = slot <= 1 ? "Slot " + SlotImage.NameOf(slot) : "The golden store";
    }

    /// <summary>Manifest and signatures of generation 0; null when the slot is empty or the device does not let slots
    /// be read.</summary>
    /// <exception cref="FirmwareException">What happened to the link.</exception>
    public async Task<SlotTables?> TryReadTablesAsync(CancellationToken cancellation = default)
    {
        try
        {
            return await ReadTablesAsync(cancellation).ConfigureAwait(false);
        }
        catch (FirmwareException error) when (!error.IsTransient)
        {
            return null;
        }
    }

    /// <summary>Manifest and signatures of generation 0.</summary>
    /// <exception cref="FirmwareException">
    /// BadMagic for an empty slot, another FW20xx for what is no image, NotSupported by devices that cannot be asked,
    /// or what happened to the link.
    /// </exception>
    public async Task<SlotTables> ReadTablesAsync(CancellationToken cancellation = default)
    {
        byte[] head = await ReadAsync(0, SlotHeader.SizeBytes, null, cancellation).ConfigureAwait(false);
        var header = new SlotHeader();
        Require(header.Read(head, 0), "the head");
        bool fits = header.ManifestBytes <= FormatLimits.ManifestBytesMax
            && header.SignatureAreaBytes <= FormatLimits.SignatureAreaBytesMax
            && header.ManifestOffset + header.ManifestBytes + header.SignatureAreaBytes <= _geometry.HeaderBytes;
        Require(fits ? Status.Ok : Status.BadLength, "the head");

        int manifestBytes = (int)header.ManifestBytes;
        byte[] tables = await ReadAsync(
            header.ManifestOffset, manifestBytes + (int)header.SignatureAreaBytes, null, cancellation)
            .ConfigureAwait(false);
        Require(Crc32C.Compute(tables, 0, tables.Length) == header.Crc ? Status.Ok : Status.BadChecksum, "the tables");
        var manifest = new Manifest();
        Require(manifest.Parse(tables, 0, manifestBytes), "the manifest");
        Require(
            manifest.BlockAreaBytes <= _geometry.BlockAreaBytes ? Status.Ok : Status.TooLarge, "the manifest");
        return new SlotTables(tables[..manifestBytes], tables[manifestBytes..], manifest);
    }

    /// <summary>The whole image of generation 0, every block checked.</summary>
    /// <param name="progress">Told the bytes read so far and in all.</param>
    /// <param name="cancellation">Stops between requests; nothing changes on the device in any case.</param>
    /// <exception cref="FirmwareException">As <see cref="ReadTablesAsync"/>; BadDigest for a block that does not
    /// hold.</exception>
    public async Task<TargetImage> ReadImageAsync(
        IProgress<UploadProgress>? progress = null, CancellationToken cancellation = default)
    {
        SlotTables tables = await ReadTablesAsync(cancellation).ConfigureAwait(false);
        long started = _session.Time.GetTimestamp();
        var blocks = new byte[tables.Manifest.BlockCount][];
        long before = 0;
        for (int block = 0; block < blocks.Length; block++)
        {
            long start = before;
            blocks[block] = await ReadAsync(
                _geometry.HeaderBytes + ((uint)block * tables.Manifest.BlockBytes),
                (int)tables.Manifest.BlockDataBytes(block),
                done => Tell(progress, start + done, tables.Manifest.PayloadBytes, started), cancellation)
                .ConfigureAwait(false);
            before += blocks[block].Length;
        }

        var image = new TargetImage(tables.ManifestBytes, tables.SignatureArea, blocks);
        int corrupt = image.FindCorruptBlock();
        return corrupt < 0
            ? image
            : throw new FirmwareException(ErrorCode.BadDigest, ("subject", $"{_subject}: block {corrupt}"));
    }

    /// <summary>So many bytes of the slot, with several requests under way.</summary>
    /// <param name="offset">From the start of the slot.</param>
    /// <param name="count">All of them, or an error.</param>
    /// <param name="read">Told how many are there.</param>
    /// <param name="cancellation">Stops between requests.</param>
    public async Task<byte[]> ReadAsync(
        uint offset, int count, Action<int>? read = null, CancellationToken cancellation = default)
    {
        DeviceParameters parameters = await _session.ReadParametersAsync(cancellation).ConfigureAwait(false);
        byte[] bytes = new byte[count];
        int done = 0;
        int pieceBytes = count;
        while (done < count)
        {
            // The first answer shows how much the device gives at once; then several requests go ahead.
            int requests = done == 0 ? 1 : Math.Clamp(parameters.RequestCount, 1, 4);
            Task<ReadOnlyMemory<byte>>[] window = [.. Enumerable.Range(0, requests)
                .Select(index => done + (index * pieceBytes)).Where(start => start < count)
                .Select(start => _session.ReadSlotAsync(
                    _slot, offset + (uint)start, Math.Min(pieceBytes, count - start), _subject, cancellation))];
            foreach (ReadOnlyMemory<byte> piece in await Task.WhenAll(window).ConfigureAwait(false))
            {
                piece.CopyTo(bytes.AsMemory(done));
                done += piece.Length;
                read?.Invoke(done);
                if (piece.Length < pieceBytes)
                {
                    // Shorter than the others: ask on from here.
                    pieceBytes = piece.Length;
                    break;
                }
            }
        }

        return bytes;
    }

    private void Tell(IProgress<UploadProgress>? progress, long done, long total, long started)
    {
        double seconds = _session.Time.GetElapsedTime(started).TotalSeconds;
        progress?.Report(new UploadProgress(done, total, done, 0, seconds > 0 ? done / seconds : 0));
    }

    private void Require(Status status, string part)
        => StatusErrors.ThrowUnlessOk(status == Status.NeedMoreData ? Status.BadLength : status, $"{_subject}: {part}");
}
