using Twinbank.Core.Format;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// Copies the confirmed image that runs into the golden store, one block per call, so that no call takes long
/// (specs/smp.md section 6.5). The only code that writes golden (invariant I6).
/// </summary>
/// <remarks>
/// The header area of golden is erased first and its head programmed last, after every block was checked against its
/// signed hash: power loss anywhere between leaves an empty golden and never half an image with a head. What was copied
/// before the loss is found again by its hashes.
/// </remarks>
public sealed class GoldenPromoter
{
    const int PieceBytesMin = 256;

    readonly DeviceStorage _storage;
    readonly StoredImage _image;
    readonly Slot? _golden;
    readonly BlockWriter? _writer;
    readonly SlotHeaderWriter? _headerWriter;
    readonly JournalRecord _next = new JournalRecord();
    readonly byte[] _digest = new byte[Manifest.DigestBytes];
    readonly byte[] _blockDigest = new byte[Manifest.DigestBytes];
    readonly byte[] _piece = new byte[PieceBytesMin];
    readonly SlotBlocks _written = new SlotBlocks();
    readonly uint[] _versions = new uint[2 * VersionNumbers.Count];
    bool _isOpen;

    /// <param name="storage">Slots and journal.</param>
    /// <param name="reader">A reader that others may use between two calls.</param>
    public GoldenPromoter(DeviceStorage storage, StoredImage reader)
    {
        _storage = storage;
        _image = reader;
        _golden = storage.FindSlot(SlotId.Golden);
        if (_golden != null)
        {
            uint unitBytes = _golden.Region.ProgramUnitBytes;
            int pieceBytes = unitBytes > PieceBytesMin ? (int)unitBytes : PieceBytesMin;
            _writer = new BlockWriter(pieceBytes, unitBytes, storage.Scratch);
            _headerWriter = new SlotHeaderWriter(pieceBytes);
        }
    }

    /// <summary>Blocks of golden that hold.</summary>
    public int BlocksDone { get; private set; }

    /// <summary>Blocks of the image; 0 before the first step.</summary>
    public int BlockCount { get; private set; }

    /// <summary>True when golden holds the image, head included.</summary>
    public bool IsComplete { get; private set; }

    /// <summary>
    /// Does the next step. Gives Ok, NotSupported (no golden store), WrongState (a trial, golden runs, or not the
    /// journal's image runs), WrongBase (another image was meant), or why the image or the flash is bad. After a
    /// failure the next call begins again.
    /// </summary>
    /// <param name="running">Slot of the image that runs.</param>
    /// <param name="source">Holds the manifest digest of the image that is meant.</param>
    /// <param name="digestOffset">Where it starts.</param>
    /// <param name="isForced">False for what happens by itself: then a golden image with a higher or the same version
    /// stays (WrongState). Golden goes back only when somebody asks for it.</param>
    public Status Step(SlotId running, byte[] source, int digestOffset, bool isForced)
    {
        Status status = CheckState(running);
        if (status == Status.Ok && _isOpen && Bytes.Equal(_digest, 0, source, digestOffset, Manifest.DigestBytes))
        {
            status = IsComplete ? Status.Ok : GoOn(running);
        }
        else if (status == Status.Ok)
        {
            Bytes.Copy(source, digestOffset, _digest, 0, Manifest.DigestBytes);
            status = Begin(running, isForced);
        }

        _isOpen = status == Status.Ok;
        return status;
    }

    Status CheckState(SlotId running)
    {
        if (_golden == null)
        {
            return Status.NotSupported;
        }

        JournalRecord current = _storage.Journal.Current;
        return _storage.Journal.HasRecord && current.State == JournalState.Confirmed && current.ActiveSlot == running
            && running != SlotId.Golden
            ? Status.Ok
            : Status.WrongState;
    }

    Status Begin(SlotId running, bool isForced)
    {
        BlocksDone = 0;
        IsComplete = false;
        bool isKept = _storage.Verify(SlotId.Golden, 0, _image) == Status.Ok;
        if (isKept && IsMeant())
        {
            BlockCount = _image.Manifest.BlockCount;
            BlocksDone = BlockCount;
            IsComplete = true;
            return Status.Ok;
        }

        if (isKept)
        {
            VersionNumbers.Take(_image.Manifest, _versions, 0);
        }

        Status status = _storage.Verify(running, _storage.Journal.Current.ActiveGeneration, _image);
        if (status == Status.Ok)
        {
            status = JudgeRunning(isKept && !isForced);
        }

        return status == Status.Ok ? Start() : status;
    }

    Status JudgeRunning(bool mustBeNewer)
    {
        if (!IsMeant())
        {
            return Status.WrongBase;
        }

        VersionNumbers.Take(_image.Manifest, _versions, VersionNumbers.Count);
        return mustBeNewer && !VersionNumbers.IsHigher(_versions, VersionNumbers.Count, _versions, 0)
            ? Status.WrongState
            : Status.Ok;
    }

    Status Start()
    {
        BlockCount = _image.Manifest.BlockCount;
        Status status = SlotHeaderWriter.Fits(_golden!, (int)_image.Manifest.ManifestBytes, _image.SignatureAreaBytes)
            ? StoredImage.CheckGeometry(_image.Manifest, _golden!)
            : Status.TooLarge;
        if (status == Status.Ok)
        {
            status = JournalTransitions.PromotionStarted(_storage.Journal.Current, _next);
        }

        if (status == Status.Ok)
        {
            status = _storage.Journal.Append(_next);
        }

        return status == Status.Ok ? SlotHeaderWriter.Erase(_golden!) : status;
    }

    Status GoOn(SlotId running)
    {
        Status status = _image.Load(_storage.FindSlot(running)!, _storage.Journal.Current.ActiveGeneration);
        if (status != Status.Ok)
        {
            return status;
        }

        // The running slot cannot change under us, so this is a broken promise of somebody else.
        if (!IsMeant())
        {
            return Status.Defect;
        }

        if (BlocksDone == BlockCount)
        {
            return Finish();
        }

        status = IsHeld(BlocksDone) ? Status.Ok : CopyBlock(BlocksDone);
        if (status == Status.Ok)
        {
            BlocksDone++;
        }

        return status;
    }

    bool IsMeant() => Bytes.Equal(_image.ManifestDigest, 0, _digest, 0, Manifest.DigestBytes);

    bool IsHeld(int block)
    {
        Manifest manifest = _image.Manifest;
        uint data = manifest.BlockDataBytes(block);
        return CheckBlock(block) == Status.Ok
            && _writer!.IsBlank(_golden!, ((uint)block * manifest.BlockBytes) + data, manifest.BlockBytes - data);
    }

    Status CheckBlock(int block)
    {
        _written.Use(_golden, _image.Manifest.BlockBytes);
        return BlockVerifier.Check(
            _written, _image.Manifest, block, _storage.Sha256, _storage.Scratch, _blockDigest);
    }

    Status CopyBlock(int block)
    {
        Manifest manifest = _image.Manifest;
        uint start = (uint)block * manifest.BlockBytes;
        uint count = manifest.BlockDataBytes(block);
        Status status = _image.Prepare();
        if (status == Status.Ok)
        {
            status = _writer!.Begin(_golden!, start, manifest.BlockBytes, count, erasesBlank: false, null);
        }

        for (uint offset = 0; offset < count && status == Status.Ok; offset += PieceBytesMin)
        {
            int piece = count - offset < PieceBytesMin ? (int)(count - offset) : PieceBytesMin;
            status = _image.ReadBlock(block, offset, _piece, 0, piece);
            if (status == Status.Ok)
            {
                status = _writer!.Emit(_piece, 0, piece);
            }
        }

        if (status == Status.Ok)
        {
            status = _writer!.End();
        }

        // Counts only when its hash holds in golden.
        return status == Status.Ok ? CheckBlock(block) : status;
    }

    // The header area was erased by Begin, in this life: an erase that a power loss cut would not be trusted.
    Status Finish()
    {
        Manifest manifest = _image.Manifest;
        Status status = _headerWriter!.Program(
            _golden!, manifest.Source, manifest.SourceOffset, (int)manifest.ManifestBytes, _image.SignatureAreaBytes);
        if (status == Status.Ok)
        {
            status = _storage.Verify(SlotId.Golden, 0, _image);
        }

        if (status == Status.Ok)
        {
            IsComplete = true;
            status = JournalTransitions.Promoted(_storage.Journal.Current, _next);
        }

        // Only for the history: golden is whole without this record.
        return status == Status.Ok ? _storage.Journal.Append(_next) : status;
    }
}
