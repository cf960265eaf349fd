using Twinbank.Core.Format;
using Twinbank.Core.Journal;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// Takes a container as a stream of bytes and makes the image it describes in the slot that is not active. Nothing is
/// erased before header, tables, signature, board, counter, geometry and base have been accepted.
/// </summary>
/// <remarks>
/// <para>
/// A block that the slot holds already is skipped, so <see cref="NextOffset"/> can jump over its bytes. That one rule
/// is
/// resuming after power loss (blocks written before the cut are found again), updating only what changed, and
/// installing
/// the same image twice without a single erase. No progress is kept anywhere but in the blocks themselves.
/// </para>
/// <para>
/// All memory is taken by the constructor: the tables, one program piece, and the decoders.
/// </para>
/// </remarks>
public sealed class Installer
{
    /// <summary>Bytes programmed per operation at most, unless the program unit is larger.</summary>
    const int PieceBytesMin = 256;

    readonly DeviceStorage _storage;
    readonly byte[] _headerBytes = new byte[ContainerHeader.SizeBytes];
    readonly byte[] _tables;
    readonly StoredImage _base;
    readonly InstallTables _accepted;
    readonly BlockInstaller _blocks;
    readonly SlotPreparation _preparation;
    readonly OverlayInstaller _overlay;
    readonly JournalRecord _next = new JournalRecord();
    int _collected;
    Slot? _slot;
    bool _isOverlay;
    bool _isCompaction;
    int _blocksPerStep;

    /// <param name="storage">Slots, journal and trust of this device.</param>
    /// <param name="decoders">The recipe codecs this device has.</param>
    public Installer(DeviceStorage storage, RecipeDecoder[] decoders)
    {
        _storage = storage;
        uint unitBytes = storage.SlotA.Region.ProgramUnitBytes;
        int pieceBytes = unitBytes > PieceBytesMin ? (int)unitBytes : PieceBytesMin;
        _tables = new byte[storage.TablesBytesMax];
        _base = storage.CreateReader();
        _accepted = new InstallTables(storage);
        _preparation = new SlotPreparation(storage, pieceBytes);
        _overlay = new OverlayInstaller(storage);
        _blocks = new BlockInstaller(storage, decoders, new BlockWriter(pieceBytes, unitBytes, storage.Scratch));
        Counters = new InstallCounters();
    }

    public InstallPhase Phase { get; private set; }

    /// <summary>Ok while nothing went wrong; after a failure its reason.</summary>
    public Status LastStatus { get; private set; }

    /// <summary>Offset in the container of the next byte wanted. Never goes back within one installation.</summary>
    public uint NextOffset { get; private set; }

    /// <summary>Length of the container as its header states it; 0 before the header was read.</summary>
    public uint ContainerBytes { get; private set; }

    public InstallCounters Counters { get; }

    /// <summary>Blocks finished so far.</summary>
    public int BlocksDone
        => Phase == InstallPhase.Complete ? BlockCount
            : Phase == InstallPhase.Blocks && !_isOverlay ? _blocks.NextBlock
            : 0;

    /// <summary>Blocks of the image; 0 before the tables were accepted.</summary>
    public int BlockCount => Phase is InstallPhase.Blocks or InstallPhase.Complete ? _accepted.Manifest.BlockCount : 0;

    /// <summary>The slot being written.</summary>
    public SlotId TargetSlot => _slot == null ? SlotId.None : _slot.Id;

    /// <summary>The generation it becomes there: 0, or the number of the overlay.</summary>
    public ushort TargetGeneration => _isOverlay ? _overlay.Generation : (ushort)0;

    /// <summary>Manifest digest of the image being installed; meaningful once the tables were accepted.</summary>
    public byte[] ManifestDigest => _accepted.ManifestDigest;

    /// <summary>
    /// Starts an installation, forgetting any other. <paramref name="insist"/> accepts an image that failed its trial
    /// here before. Gives Ok, or WrongState during a trial, whose other slot is the way back.
    /// </summary>
    public Status Begin(bool insist) => Begin(insist, isOverlay: false);

    /// <summary>
    /// The same; <paramref name="isOverlay"/> keeps the container in the buffer areas of the active slot
    /// (specs/overlay.md), and gives NotSupported where that cannot be.
    /// </summary>
    public Status Begin(bool insist, bool isOverlay)
    {
        NoteWhatIsSound();
        Counters.Clear();
        NextOffset = 0;
        ContainerBytes = 0;
        _collected = 0;
        _slot = null;
        _isOverlay = isOverlay;
        _isCompaction = false;
        _blocksPerStep = FormatLimits.BlockCountMax;
        _blocks.MayErase = false;
        _accepted.Insist = insist;
        bool hasRecord = _storage.Journal.HasRecord;
        JournalRecord current = _storage.Journal.Current;
        bool isConfirmed = hasRecord && current.State == JournalState.Confirmed;
        if (!isConfirmed && !_storage.NothingBootable)
        {
            return Fail(Status.WrongState);
        }

        if (isOverlay && (!isConfirmed || _storage.Composer == null || current.ActiveSlot > SlotId.B))
        {
            return Fail(isConfirmed ? Status.NotSupported : Status.WrongState);
        }

        _slot = hasRecord && (current.ActiveSlot == SlotId.A) != isOverlay ? _storage.SlotB : _storage.SlotA;
        Phase = InstallPhase.Header;
        LastStatus = Status.Ok;
        return Status.Ok;
    }

    /// <summary>
    /// Compaction (specs/overlay.md section 3): brings the active generation into the other slot as it would be
    /// installed there, one block with each call. Done when <see cref="Phase"/> is Complete; then it changes nothing.
    /// Gives Ok, WrongState, TooLarge, or why the active generation cannot be read or the slot not be written.
    /// </summary>
    public Status Compact()
    {
        if (_isCompaction && Phase == InstallPhase.Blocks)
        {
            Advance();
            return LastStatus;
        }

        JournalRecord current = _storage.Journal.Current;
        if (_isCompaction && Phase == InstallPhase.Complete && _slot!.Id != current.ActiveSlot
            && Bytes.Equal(current.ActiveDigest, 0, ManifestDigest, 0, JournalRecord.DigestPrefixBytes))
        {
            return Status.Ok;
        }

        Status status = Begin(insist: true);
        if (status == Status.Ok)
        {
            Slot? active = _storage.Journal.HasRecord ? _storage.FindSlot(current.ActiveSlot) : null;
            status = active == null ? Status.WrongState : _base.Load(active, current.ActiveGeneration);
        }

        if (status == Status.Ok)
        {
            status = CompactionTables.Write(_base, _accepted.Header, _headerBytes, _tables);
        }

        if (status != Status.Ok)
        {
            return Fail(status);
        }

        _isCompaction = true;
        _blocksPerStep = 1;
        ContainerBytes = _accepted.Header.ContainerBytes;
        AcceptTables();
        return LastStatus;
    }

    /// <summary>Forgets the installation. What the slot holds stays for a later resume.</summary>
    public void Abandon()
    {
        Phase = InstallPhase.Idle;
        LastStatus = Status.Ok;
    }

    /// <summary>
    /// Takes bytes that start at <see cref="NextOffset"/>. Gives Ok (look at <see cref="Phase"/> and
    /// <see cref="NextOffset"/>), WrongState, or the reason of the failure; a failure is final for this installation.
    /// </summary>
    public Status Accept(byte[] data, int offset, int count)
    {
        if (!IsReceiving || _isCompaction)
        {
            return LastStatus == Status.Ok ? Status.WrongState : LastStatus;
        }

        Counters.ReceivedBytes += (uint)count;
        uint position = NextOffset;
        int end = offset + count;
        while (offset < end && IsReceiving)
        {
            // A jump over blocks that are there already may land inside these bytes, or behind them.
            uint skip = NextOffset - position;
            if (skip > 0)
            {
                int dropped = skip < (uint)(end - offset) ? (int)skip : end - offset;
                offset += dropped;
                position += (uint)dropped;
                continue;
            }

            int taken = TakeSome(data, offset, end - offset);
            if (LastStatus != Status.Ok)
            {
                return LastStatus;
            }

            offset += taken;
            position += (uint)taken;
        }

        return LastStatus;
    }

    bool IsReceiving => Phase is InstallPhase.Header or InstallPhase.Tables or InstallPhase.Blocks;

    int TakeSome(byte[] data, int offset, int count)
        => Phase switch
        {
            InstallPhase.Header => TakeHeader(data, offset, count),
            InstallPhase.Tables => TakeTables(data, offset, count),
            _ => TakeBlock(data, offset, count),
        };

    int TakeHeader(byte[] data, int offset, int count)
    {
        int taken = Collect(_headerBytes, ContainerHeader.SizeBytes, data, offset, count);
        Status status = _accepted.ReadHeader(_headerBytes, _collected, _tables.Length);
        if (status == Status.NeedMoreData)
        {
            return taken;
        }

        if (status != Status.Ok)
        {
            Fail(status);
            return taken;
        }

        ContainerBytes = _accepted.Header.ContainerBytes;
        _collected = 0;
        Phase = InstallPhase.Tables;
        return taken;
    }

    int TakeTables(byte[] data, int offset, int count)
    {
        int tablesBytes = (int)_accepted.Header.TablesBytes;
        int taken = Collect(_tables, tablesBytes, data, offset, count);
        if (_collected == tablesBytes)
        {
            AcceptTables();
        }

        return taken;
    }

    void AcceptTables()
    {
        Status status = _accepted.Accept(_tables, _slot!, _base);
        if (status == Status.Ok)
        {
            status = _isOverlay
                ? _overlay.Begin(_slot!, _accepted, _base, _headerBytes, _tables)
                : PrepareSlot();
        }

        if (status != Status.Ok)
        {
            Fail(status);
            return;
        }

        Phase = InstallPhase.Blocks;
        if (_isOverlay)
        {
            FinishOverlay();
            return;
        }

        _blocks.Begin(_slot!, _accepted, _accepted.Header.Kind == ContainerKind.Delta ? _base : null, Counters);
        Advance();
    }

    int TakeOverlay(byte[] data, int offset, int count)
    {
        uint left = ContainerBytes - NextOffset;
        int taken = (uint)count < left ? count : (int)left;
        NextOffset += (uint)taken;
        Status status = _overlay.Accept(data, offset, taken);
        if (status != Status.Ok)
        {
            Fail(status);
            return taken;
        }

        FinishOverlay();
        return taken;
    }

    void FinishOverlay()
    {
        if (NextOffset < ContainerBytes)
        {
            return;
        }

        Status status = _overlay.Finish(ManifestDigest);
        if (status != Status.Ok)
        {
            Fail(status);
            return;
        }

        Phase = InstallPhase.Complete;
    }

    int TakeBlock(byte[] data, int offset, int count)
    {
        if (_isOverlay)
        {
            return TakeOverlay(data, offset, count);
        }

        int taken = _blocks.Accept(data, offset, count);
        NextOffset += (uint)taken;
        if (_blocks.LastStatus != Status.Ok)
        {
            Fail(_blocks.LastStatus);
        }
        else if (_blocks.BlockIsComplete)
        {
            Advance();
        }

        return taken;
    }

    // Goes on to the next block that needs bytes from the container.
    void Advance()
    {
        Status status = _blocks.Advance(_blocksPerStep);
        if (status == Status.Ok && _blocks.NeedsErase)
        {
            status = NoteInstallStarted();

            // A sealed header promises that no erase was cut: it goes before the first one that may be.
            if (status == Status.Ok && _preparation.IsSealed)
            {
                status = WriteHeader();
            }

            if (status == Status.Ok)
            {
                status = _blocks.Advance(_blocksPerStep);
            }
        }

        if (status != Status.Ok)
        {
            Fail(status);
            return;
        }

        NextOffset = _accepted.Header.PayloadStart + _blocks.WantedPayloadOffset;
        if (_blocks.IsComplete)
        {
            _preparation.Seal(_slot!, _blocks.KeptUnsound);
            NextOffset = ContainerBytes;
            Phase = InstallPhase.Complete;
        }
    }

    // The slot keeps its header when it names the same image already: that is a resumed installation.
    Status PrepareSlot()
    {
        bool isHeld = _preparation.FindHeader(_slot!, _accepted.ManifestDigest);
        _blocks.SoundBlocks = _preparation.SoundBlocks(_accepted.Manifest.BlockBytes);
        if (isHeld)
        {
            return Status.Ok;
        }

        Status status = NoteInstallStarted();
        return status == Status.Ok ? WriteHeader() : status;
    }

    Status WriteHeader()
        => _preparation.WriteHeader(
            _slot!, _tables, (int)_accepted.Header.ManifestBytes, (int)_accepted.Header.SignatureAreaBytes);

    void NoteWhatIsSound()
    {
        if (Phase == InstallPhase.Blocks && !_isOverlay && !_blocks.KeptUnsound)
        {
            _preparation.NoteSound(_slot!.Id, (uint)_blocks.NextBlock * _accepted.Manifest.BlockBytes);
        }
    }

    // Before the first erase, so that no boot ever believes in a previous image that is half gone (invariant I1).
    Status NoteInstallStarted()
    {
        _blocks.MayErase = true;
        JournalRecord current = _storage.Journal.Current;
        if (!_storage.Journal.HasRecord || current.InstallingSlot == _slot!.Id)
        {
            return Status.Ok;
        }

        Status status = JournalTransitions.InstallStarted(
            current, _slot.Id, _storage.NothingBootable, _next);
        return status == Status.Ok ? _storage.Journal.Append(_next) : status;
    }

    int Collect(byte[] target, int wanted, byte[] data, int offset, int count)
    {
        int taken = count < wanted - _collected ? count : wanted - _collected;
        Bytes.Copy(data, offset, target, _collected, taken);
        _collected += taken;
        NextOffset += (uint)taken;
        return taken;
    }

    Status Fail(Status status)
    {
        NoteWhatIsSound();
        if (status is >= Status.OutOfRange and <= Status.NoSpace)
        {
            _preparation.Forget();
        }

        Phase = InstallPhase.Failed;
        LastStatus = status;
        return status;
    }
}
