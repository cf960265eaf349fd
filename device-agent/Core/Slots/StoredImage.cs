using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Overlays;
using Twinbank.Core.Trust;

namespace Twinbank.Core.Slots;

/// <summary>
/// Reads and verifies a generation of a slot. Holds its manifest and signatures in RAM after
/// <see cref="Load(Slot)"/>; one object can look at several slots one after the other.
/// </summary>
public sealed class StoredImage : BlockReader
{
    readonly byte[] _tables;
    readonly byte[] _scratch;
    readonly byte[] _digest = new byte[Manifest.DigestBytes];
    readonly byte[] _blockDigest = new byte[Manifest.DigestBytes];
    readonly DigestAlgorithm _sha256;
    readonly SlotHeader _header = new SlotHeader();
    readonly SignatureArea _signatures = new SignatureArea();
    readonly SlotBlocks _flash = new SlotBlocks();
    readonly GenerationComposer? _composer;
    Slot? _slot;
    bool _withPending;

    /// <param name="tablesBytesMax">Largest manifest plus signature area this device holds, in bytes.</param>
    /// <param name="scratch">Working buffer for reading flash, at least 64 bytes; shared with others between
    /// calls.</param>
    /// <param name="sha256">Shared between calls as well.</param>
    /// <param name="composer">Makes generations from 1 up, shared with others; null where there are none.</param>
    public StoredImage(
        int tablesBytesMax, byte[] scratch, DigestAlgorithm sha256, GenerationComposer? composer = null)
    {
        _composer = composer;
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

    /// <summary>The generation last loaded: 0 is the image as it was installed.</summary>
    public ushort Generation { get; private set; }

    public SignatureArea Signatures => _signatures;

    /// <summary>Length of the signature area, which follows the manifest in its source.</summary>
    public int SignatureAreaBytes => _signatures.SourceBytes;

    /// <summary>
    /// Reads header, manifest and signatures and checks their structure. BadMagic means an empty slot; anything else
    /// but
    /// Ok means that what is there is no image.
    /// </summary>
    public Status Load(Slot slot) => Load(slot, 0, withPending: false);

    /// <summary>The same for a generation; NotFound when the slot has no such overlay.</summary>
    public Status Load(Slot slot, ushort generation) => Load(slot, generation, withPending: false);

    /// <summary>
    /// The same; <paramref name="withPending"/> admits an overlay that is complete but for the end of its head.
    /// </summary>
    internal Status Load(Slot slot, ushort generation, bool withPending)
    {
        _slot = null;
        Generation = generation;
        _withPending = withPending;
        Status status = generation == 0 ? LoadGround(slot) : LoadOverlay(slot, generation);
        if (status == Status.Ok)
        {
            _slot = slot;
            _flash.Use(slot, Manifest.BlockBytes);
        }

        return status;
    }

    Status LoadGround(Slot slot)
    {
        Status status = slot.ReadHeaderArea(0, _scratch, 0, SlotHeader.SizeBytes);
        if (status == Status.Ok)
        {
            status = _header.Read(_scratch, 0);
        }

        return status == Status.Ok ? LoadTables(slot) : status;
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
            : BlockVerifier.Check(this, Manifest, block, _sha256, _scratch, _blockDigest);

    /// <summary>Composes the loaded generation, if it is none that lies in flash whole.</summary>
    public override Status Prepare()
        => _slot == null ? Status.WrongState
            : Generation == 0 ? Status.Ok
            : _composer!.Compose(_slot, Generation, _withPending);

    public override Status ReadBlock(int block, uint offset, byte[] buffer, int bufferOffset, int count)
        => Generation == 0
            ? _flash.ReadBlock(block, offset, buffer, bufferOffset, count)
            : _composer!.ReadBlock(block, offset, buffer, bufferOffset, count);

    /// <summary>
    /// Where a block is once <see cref="Prepare"/> gave Ok: an offset in the composing RAM with
    /// <see cref="GenerationBlocks.InMemory"/>, or the number of the block in the slot that has its bytes.
    /// </summary>
    public uint PlaceOf(int block) => Generation == 0 ? (uint)block : _composer!.PlaceOf(block);

    /// <summary>Load, trust and blocks: Ok only for an image that may run (invariant I3).</summary>
    public Status Verify(Slot slot, ushort generation, TrustStore trust, DeviceIdentity device, uint securityFloor)
    {
        Status status = Load(slot, generation);
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

        Status prepared = Prepare();
        if (prepared != Status.Ok)
        {
            return prepared;
        }

        uint blockStart = 0;
        for (int block = 0; block < Manifest.BlockCount && count > 0; block++)
        {
            uint dataBytes = Manifest.BlockDataBytes(block);
            if (payloadOffset < blockStart + dataBytes)
            {
                uint within = payloadOffset - blockStart;
                int piece = (int)(dataBytes - within) < count ? (int)(dataBytes - within) : count;
                Status status = ReadBlock(block, within, buffer, offset, piece);
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

    Status LoadOverlay(Slot slot, ushort generation)
    {
        Status status = _composer == null ? Status.NotFound : _composer.Load(slot, generation, _withPending);
        if (status != Status.Ok)
        {
            return status;
        }

        Manifest manifest = _composer!.Tables.Manifest;
        int manifestBytes = (int)manifest.ManifestBytes;
        int signatureBytes = (int)_composer.Tables.Header.SignatureAreaBytes;
        if (manifestBytes + signatureBytes > _tables.Length)
        {
            return Status.TooLarge;
        }

        Bytes.Copy(manifest.Source, manifest.SourceOffset, _tables, 0, manifestBytes);
        SignatureArea signatures = _composer.Tables.Signatures;
        Bytes.Copy(signatures.Source, signatures.SourceOffset, _tables, manifestBytes, signatureBytes);
        return ParseTables(manifestBytes, signatureBytes);
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

        return ParseTables((int)manifestBytes, (int)signatureBytes);
    }

    Status ParseTables(int manifestBytes, int signatureBytes)
    {
        Status status = Manifest.Parse(_tables, 0, manifestBytes);
        if (status == Status.Ok)
        {
            status = _signatures.Parse(_tables, manifestBytes, signatureBytes);
        }

        _sha256.Reset();
        _sha256.Update(_tables, 0, manifestBytes);
        _sha256.Finish(_digest, 0);
        return status == Status.NeedMoreData ? Status.BadLength : status;
    }
}
