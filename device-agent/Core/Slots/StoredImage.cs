using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Slots;

/// <summary>
/// Reads and verifies the image in a slot. Holds the slot's manifest and signatures in RAM after
/// <see cref="Load"/>; one object can look at several slots one after the other.
/// </summary>
public sealed class StoredImage
{
    readonly byte[] _tables;
    readonly byte[] _scratch;
    readonly byte[] _digest = new byte[Manifest.DigestBytes];
    readonly byte[] _blockDigest = new byte[Manifest.DigestBytes];
    readonly DigestAlgorithm _sha256;
    readonly SlotHeader _header = new SlotHeader();
    readonly SignatureArea _signatures = new SignatureArea();
    Slot? _slot;

    /// <param name="tablesBytesMax">Largest manifest plus signature area this device holds, in bytes.</param>
    /// <param name="scratch">Working buffer for reading flash, at least 64 bytes; shared with others between
    /// calls.</param>
    /// <param name="sha256">Shared between calls as well.</param>
    public StoredImage(int tablesBytesMax, byte[] scratch, DigestAlgorithm sha256)
    {
        _tables = new byte[tablesBytesMax];
        _scratch = scratch;
        _sha256 = sha256;
        Manifest = new Manifest();
    }

    /// <summary>The manifest of the slot last loaded with Ok.</summary>
    public Manifest Manifest { get; }

    /// <summary>SHA-256 of the manifest: 32 bytes.</summary>
    public byte[] ManifestDigest => _digest;

    /// <summary>The slot last loaded, or null when the last load failed.</summary>
    public Slot? Slot => _slot;

    public SignatureArea Signatures => _signatures;

    /// <summary>Length of the signature area, which follows the manifest in its source.</summary>
    public int SignatureAreaBytes => (int)_header.SignatureAreaBytes;

    /// <summary>
    /// Reads header, manifest and signatures and checks their structure. BadMagic means an empty slot; anything else
    /// but
    /// Ok means that what is there is no image.
    /// </summary>
    public Status Load(Slot slot)
    {
        _slot = null;
        Status status = slot.ReadHeaderArea(0, _scratch, 0, SlotHeader.SizeBytes);
        if (status == Status.Ok)
        {
            status = _header.Read(_scratch, 0);
        }

        if (status == Status.Ok)
        {
            status = LoadTables(slot);
        }

        if (status == Status.Ok)
        {
            _slot = slot;
        }

        return status;
    }

    /// <summary>
    /// Signature, board, hardware revision, counter, agent, translation and geometry of what was loaded.
    /// </summary>
    public Status CheckTrust(TrustStore trust, DeviceIdentity device, uint securityFloor)
    {
        if (_slot == null)
        {
            return Status.WrongState;
        }

        Status status = trust.Verify(_signatures, _digest, 0);
        if (status == Status.Ok)
        {
            status = ImageAcceptance.Check(Manifest, device, securityFloor);
        }

        return status == Status.Ok ? CheckGeometry(Manifest, _slot) : status;
    }

    /// <summary>Every block against its SHA-256. Gives Ok, BadDigest or ReadFailed.</summary>
    public Status CheckBlocks()
    {
        for (int block = 0; block < Manifest.BlockCount; block++)
        {
            Status status = CheckBlock(block);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    /// <summary>One block of the loaded image against its SHA-256.</summary>
    public Status CheckBlock(int block)
        => _slot == null
            ? Status.WrongState
            : BlockVerifier.Check(_slot, Manifest, block, _sha256, _scratch, _blockDigest);

    /// <summary>Load, trust and blocks: Ok only for an image that may run (invariant I3).</summary>
    public Status Verify(Slot slot, TrustStore trust, DeviceIdentity device, uint securityFloor)
    {
        Status status = Load(slot);
        if (status == Status.Ok)
        {
            status = CheckTrust(trust, device, securityFloor);
        }

        return status == Status.Ok ? CheckBlocks() : status;
    }

    /// <summary>Reads from the concatenated data areas of the loaded image: the base of a recipe.</summary>
    public Status ReadPayload(uint payloadOffset, byte[] buffer, int offset, int count)
    {
        if (_slot == null || count < 0 || payloadOffset > Manifest.PayloadBytes
            || (uint)count > Manifest.PayloadBytes - payloadOffset)
        {
            return Status.OutOfRange;
        }

        uint blockStart = 0;
        for (int block = 0; block < Manifest.BlockCount && count > 0; block++)
        {
            uint dataBytes = Manifest.BlockDataBytes(block);
            if (payloadOffset < blockStart + dataBytes)
            {
                uint within = payloadOffset - blockStart;
                int piece = (int)(dataBytes - within) < count ? (int)(dataBytes - within) : count;
                Status status = _slot.ReadBlockArea(
                    ((uint)block * Manifest.BlockBytes) + within, buffer, offset, piece);
                if (status != Status.Ok)
                {
                    return status;
                }

                payloadOffset += (uint)piece;
                offset += piece;
                count -= piece;
            }

            blockStart += dataBytes;
        }

        return Status.Ok;
    }

    /// <summary>
    /// WrongGeometry when the blocks are not whole sectors of the slot; TooLarge when they do not fit it.
    /// </summary>
    public static Status CheckGeometry(Manifest manifest, Slot slot)
    {
        if (manifest.BlockBytes % slot.Region.SectorBytes != 0)
        {
            return Status.WrongGeometry;
        }

        return manifest.BlockAreaBytes <= slot.BlockAreaBytes ? Status.Ok : Status.TooLarge;
    }

    Status LoadTables(Slot slot)
    {
        uint manifestBytes = _header.ManifestBytes;
        uint signatureBytes = _header.SignatureAreaBytes;
        uint limit = (uint)_tables.Length;
        if (manifestBytes > limit || signatureBytes > limit - manifestBytes
            || _header.ManifestOffset > slot.HeaderAreaBytes)
        {
            return Status.TooLarge;
        }

        int count = (int)(manifestBytes + signatureBytes);
        Status status = slot.ReadHeaderArea(_header.ManifestOffset, _tables, 0, count);
        if (status != Status.Ok)
        {
            return status;
        }

        if (Crc32C.Compute(_tables, 0, count) != _header.Crc)
        {
            return Status.BadChecksum;
        }

        status = Manifest.Parse(_tables, 0, (int)manifestBytes);
        if (status == Status.Ok)
        {
            status = _signatures.Parse(_tables, (int)manifestBytes, (int)signatureBytes);
        }

        _sha256.Reset();
        _sha256.Update(_tables, 0, (int)manifestBytes);
        _sha256.Finish(_digest, 0);
        return status == Status.NeedMoreData ? Status.BadLength : status;
    }
}
