using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Overlays;

/// <summary>
/// The blocks of one generation while it is composed, step by step from the image in flash: which lie in flash still,
/// and where in RAM the others are.
/// </summary>
public sealed class GenerationBlocks : RecipeIo
{
    /// <summary>Set in a place: the rest is an offset in RAM. Without it the place is a block in flash.</summary>
    public const uint InMemory = 0x80000000;

    const int PieceBytes = 256;

    readonly ComposeMemory _memory;
    readonly uint _memoryStart;
    readonly uint _memoryBytes;
    readonly RecipeDecoder[] _decoders;
    readonly OverlayLog _log;
    readonly uint _granuleBytes;
    readonly byte[] _piece = new byte[PieceBytes];
    readonly SlotBlocks _flash = new SlotBlocks();
    uint[] _basePlaces;
    uint[] _baseBytes;
    uint[] _places;
    uint[] _bytes;
    int _baseCount;
    int _count;
    uint _blockBytes;
    uint _memoryUsed;
    uint _targetStart;
    uint _targetBytes;
    uint _targetDone;

    internal GenerationBlocks(
        ComposeMemory memory, uint memoryStart, uint memoryBytes, RecipeDecoder[] decoders, OverlayLog log,
        int blocksMax, uint granuleBytes)
    {
        _memory = memory;
        _memoryStart = memoryStart;
        _memoryBytes = memoryBytes;
        _decoders = decoders;
        _log = log;
        _granuleBytes = granuleBytes > 1 ? granuleBytes : 1;
        _basePlaces = new uint[blocksMax];
        _baseBytes = new uint[blocksMax];
        _places = new uint[blocksMax];
        _bytes = new uint[blocksMax];
    }

    /// <summary>Offset in RAM with <see cref="InMemory"/>, or the number of a block in flash.</summary>
    public uint PlaceOf(int block) => _places[block];

    internal uint MemoryUsed => _memoryUsed;

    internal uint MemoryOf(uint dataBytes) => (dataBytes + _granuleBytes - 1) / _granuleBytes * _granuleBytes;

    /// <summary>Starts from the image as it was installed.</summary>
    internal void Begin(Manifest ground)
    {
        _memoryUsed = 0;
        _count = ground.BlockCount <= _places.Length ? ground.BlockCount : 0;
        for (int block = 0; block < _count; block++)
        {
            _places[block] = (uint)block;
            _bytes[block] = ground.BlockDataBytes(block);
        }

        _blockBytes = ground.BlockBytes;
    }

    /// <summary>Makes the next generation from this one. Gives Ok, NoSpace, BadField or what a recipe gave.</summary>
    internal Status Apply(Slot slot, ContainerTables tables, ushort generation)
    {
        Manifest manifest = tables.Manifest;
        if (manifest.BlockCount > _places.Length || manifest.BlockBytes != _blockBytes)
        {
            return Status.WrongGeometry;
        }

        uint[] places = _basePlaces;
        uint[] bytes = _baseBytes;
        _basePlaces = _places;
        _baseBytes = _bytes;
        _places = places;
        _bytes = bytes;
        _baseCount = _count;
        _count = manifest.BlockCount;
        _flash.Use(slot, _blockBytes);
        for (int block = 0; block < _count; block++)
        {
            _bytes[block] = manifest.BlockDataBytes(block);
            Status status = Place(tables, block, generation);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    internal Status Read(Slot slot, int block, uint offset, byte[] buffer, int bufferOffset, int count)
    {
        _flash.Use(slot, _blockBytes);
        return block < _count ? ReadPlace(_places[block], offset, buffer, bufferOffset, count) : Status.OutOfRange;
    }

    public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count)
    {
        for (int block = 0; block < _baseCount && count > 0; block++)
        {
            uint bytes = _baseBytes[block];
            if (payloadOffset >= bytes)
            {
                payloadOffset -= bytes;
                continue;
            }

            int piece = bytes - payloadOffset < (uint)count ? (int)(bytes - payloadOffset) : count;
            Status status = ReadPlace(_basePlaces[block], payloadOffset, buffer, offset, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            payloadOffset = 0;
            offset += piece;
            count -= piece;
        }

        return count == 0 ? Status.Ok : Status.OutOfRange;
    }

    public override Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count)
        => count < 0 || blockOffset > _targetDone || (uint)count > _targetDone - blockOffset
            ? Status.OutOfRange
            : _memory.Read(_targetStart + blockOffset, buffer, offset, count);

    public override Status Emit(byte[] data, int offset, int count)
    {
        if ((uint)count > _targetBytes - _targetDone)
        {
            return Status.BadLength;
        }

        Status status = _memory.Write(_targetStart + _targetDone, data, offset, count);
        _targetDone += (uint)count;
        return status;
    }

    Status Place(ContainerTables tables, int block, ushort generation)
    {
        CarrierMethod method = tables.Carriers.Method(block);
        uint argument = tables.Carriers.Argument(block);
        if (method == CarrierMethod.Unchanged)
        {
            bool isThere = argument < (uint)_baseCount && _baseBytes[argument] == _bytes[block];
            _places[block] = isThere ? _basePlaces[argument] : 0;
            return isThere ? Status.Ok : Status.BadField;
        }

        if (method == CarrierMethod.Duplicate)
        {
            _places[block] = _places[argument];
            return Status.Ok;
        }

        uint room = MemoryOf(_bytes[block]);
        if (room > _memoryBytes - _memoryUsed)
        {
            return Status.NoSpace;
        }

        _targetStart = _memoryStart + _memoryUsed;
        _targetBytes = _bytes[block];
        _targetDone = 0;
        _memoryUsed += room;
        _places[block] = _targetStart | InMemory;
        Status status = Decode(tables, block, generation, method == CarrierMethod.Recipe);
        return status == Status.Ok ? FillUp(room) : status;
    }

    Status Decode(ContainerTables tables, int block, ushort generation, bool hasBase)
    {
        RecipeDecoder? decoder = null;
        byte codecId = tables.Carriers.CodecId(block);
        if (codecId != 0)
        {
            decoder = FindDecoder(codecId);
            if (decoder == null)
            {
                return Status.NotSupported;
            }

            decoder.Begin(
                this, _targetBytes, hasBase ? BaseOffsetOf(block) : 0, tables.Manifest.BlockPayloadOffset(block),
                hasBase ? tables.Map : null);
        }

        uint position = tables.Header.PayloadStart + tables.Carriers.PayloadOffset(block);
        uint left = tables.Carriers.PayloadBytes(block);
        while (left > 0)
        {
            int piece = left < PieceBytes ? (int)left : PieceBytes;
            Status status = _log.ReadContainer(generation, position, _piece, 0, piece);
            if (status == Status.Ok)
            {
                status = decoder == null ? Emit(_piece, 0, piece) : decoder.Accept(_piece, 0, piece);
            }

            if (status != Status.Ok)
            {
                return status;
            }

            position += (uint)piece;
            left -= (uint)piece;
        }

        Status end = decoder == null ? Status.Ok : decoder.Finish();
        return end == Status.Ok && _targetDone != _targetBytes ? Status.BadLength : end;
    }

    // The rest of the last page is seen by the application, too: never what another image left there.
    Status FillUp(uint room)
    {
        Bytes.Fill(_piece, 0, PieceBytes, 0xFF);
        Status status = Status.Ok;
        for (uint done = _targetDone; done < room && status == Status.Ok; done += PieceBytes)
        {
            int piece = room - done < PieceBytes ? (int)(room - done) : PieceBytes;
            status = _memory.Write(_targetStart + done, _piece, 0, piece);
        }

        return status;
    }

    RecipeDecoder? FindDecoder(byte codecId)
    {
        for (int i = 0; i < _decoders.Length; i++)
        {
            if (_decoders[i].CodecId == codecId)
            {
                return _decoders[i];
            }
        }

        return null;
    }

    // As Manifest.BlockPayloadOffset: the encoder was given the same number.
    uint BaseOffsetOf(int block)
    {
        uint payloadOffset = 0;
        if (block < _baseCount)
        {
            for (int earlier = 0; earlier < block; earlier++)
            {
                payloadOffset += _baseBytes[earlier];
            }
        }

        return payloadOffset;
    }

    Status ReadPlace(uint place, uint offset, byte[] buffer, int bufferOffset, int count)
        => (place & InMemory) != 0
            ? _memory.Read((place & ~InMemory) + offset, buffer, bufferOffset, count)
            : _flash.ReadBlock((int)place, offset, buffer, bufferOffset, count);
}
