using Twinbank.Core.Checks;
using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>
/// Brings the blocks of one image into a slot, in order: finds those that are there, copies those that are elsewhere on
/// the device, and takes the others from the bytes it is fed.
/// </summary>
sealed class BlockInstaller
{
    const int CopyPieceBytes = 256;

    readonly DeviceStorage _storage;
    readonly RecipeDecoder[] _decoders;
    readonly BlockWriter _writer;
    readonly byte[] _copy = new byte[CopyPieceBytes];
    readonly byte[] _digest = new byte[Manifest.DigestBytes];
    readonly SlotBlocks _written = new SlotBlocks();
    readonly Crc32C _carriedCrc = new Crc32C();
    Slot _slot;
    InstallTables? _tables;
    StoredImage? _base;
    InstallCounters? _counters;
    RecipeDecoder? _decoder;
    uint _carriedTaken;
    bool _open;

    internal BlockInstaller(DeviceStorage storage, RecipeDecoder[] decoders, BlockWriter writer)
    {
        _storage = storage;
        _decoders = decoders;
        _writer = writer;
        _slot = storage.SlotA;
    }

    /// <summary>The first block that is not finished.</summary>
    internal int NextBlock { get; private set; }

    internal Status LastStatus { get; private set; }

    /// <summary>False until the caller has noted in the journal that the slot is given up.</summary>
    internal bool MayErase { get; set; }

    /// <summary>True when <see cref="Advance"/> stopped because it may not erase yet.</summary>
    internal bool NeedsErase { get; private set; }

    internal bool BlockIsComplete => !_open;

    /// <summary>Blocks from here on may have erases that were cut: their blank sectors are erased, too.</summary>
    internal int SoundBlocks { get; set; }

    /// <summary>True when a block was kept whose erase may have been cut.</summary>
    internal bool KeptUnsound { get; private set; }

    internal bool IsComplete => NextBlock == _tables!.Manifest.BlockCount;

    /// <summary>Offset in the payload of the bytes wanted next.</summary>
    internal uint WantedPayloadOffset
        => IsComplete ? _tables!.Header.PayloadBytes : _tables!.Carriers.PayloadOffset(NextBlock) + _carriedTaken;

    internal void Begin(Slot slot, InstallTables tables, StoredImage? baseImage, InstallCounters counters)
    {
        _slot = slot;
        _written.Use(slot, tables.Manifest.BlockBytes);
        KeptUnsound = false;
        _tables = tables;
        _base = baseImage;
        _counters = counters;
        _open = false;
        _carriedTaken = 0;
        NextBlock = 0;
        NeedsErase = false;
        LastStatus = Status.Ok;
    }

    /// <summary>
    /// Finishes the blocks that need no carried bytes, at most so many, and opens the next one that does. Stops with Ok
    /// and <see cref="NeedsErase"/> before the first erase that was not allowed yet.
    /// </summary>
    internal Status Advance(int blocksMax)
    {
        NeedsErase = false;
        int end = NextBlock + blocksMax;
        while (!IsComplete && !_open && NextBlock < end)
        {
            if (IsHeld(NextBlock))
            {
                _counters!.BlocksKept++;
                KeptUnsound |= NextBlock >= SoundBlocks;
                NextBlock++;
                continue;
            }

            if (!MayErase)
            {
                NeedsErase = true;
                return Status.Ok;
            }

            Status status = Open(NextBlock);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    /// <summary>
    /// Feeds carried bytes of the open block; gives how many belong to it. See <see cref="LastStatus"/>.
    /// </summary>
    internal int Accept(byte[] data, int offset, int count)
    {
        uint left = _tables!.Carriers.PayloadBytes(NextBlock) - _carriedTaken;
        int taken = (uint)count < left ? count : (int)left;
        _carriedCrc.Update(data, offset, taken);
        LastStatus = _decoder == null
            ? _writer.Emit(data, offset, taken)
            : _decoder.Accept(data, offset, taken);
        _carriedTaken += (uint)taken;
        if (LastStatus == Status.Ok && taken == (int)left)
        {
            LastStatus = CloseCarried();
        }

        return taken;
    }

    bool IsHeld(int block)
    {
        Manifest manifest = _tables!.Manifest;
        uint start = (uint)block * manifest.BlockBytes;
        uint data = manifest.BlockDataBytes(block);
        return BlockVerifier.Check(_written, manifest, block, _storage.Sha256, _storage.Scratch, _digest)
            == Status.Ok
            && _writer.IsBlank(_slot, start + data, manifest.BlockBytes - data);
    }

    Status Open(int block)
    {
        CarrierMethod method = _tables!.Carriers.Method(block);
        Status status = SelectDecoder(block);
        if (status == Status.Ok && method == CarrierMethod.Unchanged)
        {
            status = CheckBaseBlock(block);
        }

        if (status == Status.Ok)
        {
            Manifest manifest = _tables.Manifest;
            status = _writer.Begin(
                _slot, (uint)block * manifest.BlockBytes, manifest.BlockBytes, manifest.BlockDataBytes(block),
                block >= SoundBlocks, method == CarrierMethod.Recipe ? _base : null);
        }

        if (status != Status.Ok)
        {
            return status;
        }

        if (method is CarrierMethod.Unchanged or CarrierMethod.Duplicate)
        {
            return CopyBlock(block, method);
        }

        _carriedCrc.Reset();
        _carriedTaken = 0;
        _open = true;
        _decoder?.Begin(
            _writer, _tables.Manifest.BlockDataBytes(block),
            method == CarrierMethod.Recipe && _base != null ? _base.Manifest.BlockPayloadOffset(block) : 0,
            _tables.Manifest.BlockPayloadOffset(block), method == CarrierMethod.Recipe ? _tables.Map : null);
        return Status.Ok;
    }

    Status SelectDecoder(int block)
    {
        _decoder = null;
        byte codecId = _tables!.Carriers.CodecId(block);
        if (codecId == 0)
        {
            return Status.Ok;
        }

        for (int i = 0; i < _decoders.Length; i++)
        {
            if (_decoders[i].CodecId == codecId)
            {
                _decoder = _decoders[i];
                return Status.Ok;
            }
        }

        return Status.NotSupported;
    }

    // The carrier table is not signed: a base block that does not exist or has another length is refused before the
    // erase.
    Status CheckBaseBlock(int block)
    {
        uint baseBlock = _tables!.Carriers.Argument(block);
        return _base != null && baseBlock < (uint)_base.Manifest.BlockCount
            && _base.Manifest.BlockDataBytes((int)baseBlock) == _tables.Manifest.BlockDataBytes(block)
            ? Status.Ok
            : Status.BadField;
    }

    Status CopyBlock(int block, CarrierMethod method)
    {
        uint source = _tables!.Carriers.Argument(block);
        BlockReader from = method == CarrierMethod.Unchanged ? _base! : _written;
        uint count = _tables.Manifest.BlockDataBytes(block);
        for (uint offset = 0; offset < count; offset += CopyPieceBytes)
        {
            int piece = count - offset < CopyPieceBytes ? (int)(count - offset) : CopyPieceBytes;
            Status status = from.Prepare();
            if (status == Status.Ok)
            {
                status = from.ReadBlock((int)source, offset, _copy, 0, piece);
            }

            if (status == Status.Ok)
            {
                status = _writer.Emit(_copy, 0, piece);
            }

            if (status != Status.Ok)
            {
                return status;
            }
        }

        _counters!.BlocksCopied++;
        return Close();
    }

    Status CloseCarried()
    {
        if (_carriedCrc.Value != _tables!.Carriers.Crc(NextBlock))
        {
            return Status.BadChecksum;
        }

        Status status = _decoder == null ? Status.Ok : _decoder.Finish();
        if (status != Status.Ok)
        {
            return status;
        }

        _counters!.BlocksReceived++;
        return Close();
    }

    // The block counts only when its hash holds in flash, whatever brought it there.
    Status Close()
    {
        Status status = _writer.End();
        if (status == Status.Ok)
        {
            status = BlockVerifier.Check(
                _written, _tables!.Manifest, NextBlock, _storage.Sha256, _storage.Scratch, _digest);
        }

        if (status == Status.Ok)
        {
            _open = false;
            _carriedTaken = 0;
            NextBlock++;
        }

        return status;
    }
}
