namespace Twinbank.Core.Recipes;

/// <summary>
/// Codec 1 (specs/recipe.md section 3): literals, differences against a source, and copies from the base or from this
/// block, under an adaptive range coder. About 3.5 KiB of memory, all taken in the constructor.
/// </summary>
public sealed class RangeRecipeDecoder : RecipeDecoder
{
    const uint TargetBytesMax = 0x7FFFFFFF;

    // A piece of output is emitted when it is full: one call and one flash operation for many operations.
    const int OutputBytes = 256;

    readonly RangeDecoder _bits = new RangeDecoder();
    readonly byte[] _output = new byte[OutputBytes];
    readonly BaseReader _base = new BaseReader();
    readonly byte[] _byte = new byte[1];

    RecipeIo? _io;
    AddressMap? _map;
    Status _status = Status.WrongState;
    uint _targetBytes;
    uint _position;
    int _outputCount;

    // Place of the block in the target payload, and from where to where in it the content shift last asked for holds.
    uint _targetOffset;
    uint _contentStart;
    uint _contentEnd;
    uint _contentAlignment;

    // The last four sources, latest first, and the latest alignment that was one.
    uint _first;
    uint _second;
    uint _third;
    uint _fourth;
    uint _alignment;
    int _history;
    int _newerKind;

    public override byte CodecId => RecipeCodecId.Range;

    public override void Begin(
        RecipeIo io, uint targetBytes, uint baseOffset, uint targetOffset, AddressMap? map)
    {
        _io = io;
        _map = map;
        _base.Begin(io, map);
        _targetBytes = targetBytes;
        _status = targetBytes <= TargetBytesMax ? Status.Ok : Status.TooLarge;
        _position = 0;
        _outputCount = 0;
        _targetOffset = targetOffset;
        _contentEnd = 0;
        _alignment = baseOffset & RangeModels.AlignmentMask;
        _first = map == null ? RangeModels.BaseSource | _alignment : RangeModels.MapSource;
        _second = 1;
        _third = 2;
        _fourth = 4;
        _newerKind = RangeModels.CopyKind;
        _history = RangeModels.HistoryCount - 1;
        _bits.Begin();
    }

    public override Status Accept(byte[] data, int offset, int count)
    {
        while (count > 0 && _status == Status.Ok)
        {
            int taken = _bits.Fill(data, offset, count);
            offset += taken;
            count -= taken;
            _status = DecodeReady();
            if (_status == Status.Ok && _position == _targetBytes && _bits.UnusedBytes + count > 0)
            {
                _status = Status.BadLength;
            }
        }

        return _status;
    }

    public override Status Finish()
    {
        if (_status == Status.Ok)
        {
            _bits.End();
            _status = DecodeReady();
        }

        if (_status == Status.Ok)
        {
            _status = Flush();
        }

        if (_status != Status.Ok)
        {
            return _status;
        }

        // An empty block has an empty recipe, for which no bit was decoded.
        bool whole = _targetBytes == 0 ? _bits.UnusedBytes == 0 : _position == _targetBytes && _bits.EndsHere();
        _status = whole ? Status.WrongState : Status.BadLength;
        return whole ? Status.Ok : Status.BadLength;
    }

    Status DecodeReady()
    {
        while (_position < _targetBytes && _bits.Ready)
        {
            Status status = DecodeOperation();
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    Status DecodeOperation()
    {
        int phase = (int)(_position & 1);
        if (_bits.Bit(RangeModels.IsCopy + (_history * 2) + phase) != 0)
        {
            int count = _bits.Bit(RangeModels.IsRepeat + _history) != 0
                ? DecodeRepeat(phase)
                : _bits.Bit(RangeModels.IsBase + (IsBaseSource(_first) ? 1 : 0)) != 0
                    ? DecodeNewAlignment()
                    : DecodeNewDistance(phase);
            Remember(RangeModels.CopyKind);
            return Copy(count);
        }

        int difference = RangeModels.IsDifference + (IsBaseSource(_first) ? RangeModels.HistoryCount * 2 : 0);
        if (_bits.Bit(difference + (_history * 2) + phase) != 0)
        {
            Remember(RangeModels.DifferenceKind);
            return AddDifference((byte)_bits.Tree(RangeModels.Differences + (phase * 255), 8));
        }

        Remember(RangeModels.LiteralKind);
        return Put((byte)_bits.Tree(RangeModels.Literals + (phase * 255), 8));
    }

    void Remember(int kind)
    {
        _history = (_newerKind * RangeModels.KindCount) + kind;
        _newerKind = kind;
    }

    static bool IsBaseSource(uint source) => (source & RangeModels.BaseSource) != 0;

    // A source used before moves to the front; what was before it moves back by one.
    int DecodeRepeat(int phase)
    {
        if (_bits.Bit(RangeModels.IsRepeatFirst + _history) != 0)
        {
            uint source = _second;
            if (_bits.Bit(RangeModels.IsRepeatSecond + _history) != 0)
            {
                source = _third;
                if (_bits.Bit(RangeModels.IsRepeatThird + _history) != 0)
                {
                    source = _fourth;
                    _fourth = _third;
                }

                _third = _second;
            }

            _second = _first;
            Use(source);
        }

        return DecodeLength(RangeModels.RepeatLengths + (phase * RangeModels.LengthModels))
            + RangeModels.RepeatBytesMin;
    }

    int DecodeNewAlignment()
    {
        if (_map != null && _bits.Bit(RangeModels.IsMap) != 0)
        {
            UseNew(RangeModels.MapSource);
            return DecodeLength(RangeModels.BaseLengths) + RangeModels.NewBytesMin;
        }

        int count = DecodeLength(RangeModels.BaseLengths) + RangeModels.NewBytesMin;
        bool backward = _bits.Bit(RangeModels.IsBackward) != 0;
        uint shift = DecodeNumber(RangeModels.BaseSlots, RangeModels.BaseAlign);
        uint alignment = backward ? _alignment - shift : _alignment + shift;
        UseNew(RangeModels.BaseSource | (alignment & RangeModels.AlignmentMask));
        return count;
    }

    int DecodeNewDistance(int phase)
    {
        int length = DecodeLength(RangeModels.DistanceLengths + (phase * RangeModels.LengthModels));
        int slots = RangeModels.DistanceSlots + (length == 0 ? 0 : 63);

        // A number of 2^31 and more would look like an alignment; 0 stands for it and is refused where it is used.
        uint distance = DecodeNumber(slots, RangeModels.DistanceAlign) + 1;
        UseNew(IsBaseSource(distance) ? 0 : distance);
        return length + RangeModels.NewBytesMin;
    }

    void UseNew(uint source)
    {
        _fourth = _third;
        _third = _second;
        _second = _first;
        Use(source);
    }

    void Use(uint source)
    {
        _first = source;
        if (IsBaseSource(source) && source != RangeModels.MapSource)
        {
            _alignment = source & RangeModels.AlignmentMask;
        }
    }

    int DecodeLength(int models)
    {
        int symbol = _bits.Tree(models, RangeModels.LengthTreeBits);
        if (symbol < RangeModels.LengthSymbolDirect)
        {
            return symbol;
        }

        // Symbol 16 is 1xxxx in binary, each later one has a bit more.
        int middleBits = symbol - RangeModels.LengthSymbolDirect + 2;
        int middle = (int)_bits.Plain(middleBits);
        int end = _bits.Tree(models + 31, RangeModels.LengthEndBits);
        return (1 << (middleBits + RangeModels.LengthEndBits)) | (middle << RangeModels.LengthEndBits) | end;
    }

    uint DecodeNumber(int slots, int align)
    {
        int slot = _bits.Tree(slots, RangeModels.SlotTreeBits);
        if (slot < 4)
        {
            return (uint)slot;
        }

        int lowBits = (slot >> 1) - 1;
        uint top = (2u | ((uint)slot & 1)) << lowBits;
        if (lowBits <= RangeModels.AlignTreeBits)
        {
            return top | _bits.Plain(lowBits);
        }

        uint middle = _bits.Plain(lowBits - RangeModels.AlignTreeBits) << RangeModels.AlignTreeBits;
        return top | middle | (uint)_bits.ReverseTree(align, RangeModels.AlignTreeBits);
    }

    Status AddDifference(byte difference)
    {
        Status status = IsBaseSource(_first) ? ReadBase(_byte, 0, 1) : ReadTarget(_byte, 0, 1);
        return status != Status.Ok ? status : Put((byte)(_byte[0] + difference));
    }

    Status Copy(int count)
    {
        if ((uint)count > _targetBytes - _position)
        {
            return Status.BadEncoding;
        }

        while (count > 0)
        {
            Status status = _outputCount == OutputBytes ? Flush() : Status.Ok;
            int room = OutputBytes - _outputCount;
            int piece = count < room ? count : room;
            if (_first == RangeModels.MapSource)
            {
                _alignment = ContentAlignment();
                uint left = _contentEnd - (_targetOffset + _position);
                piece = (uint)piece < left ? piece : (int)left;
            }

            if (status == Status.Ok)
            {
                status = IsBaseSource(_first)
                    ? ReadBase(_output, _outputCount, piece)
                    : ReadTarget(_output, _outputCount, piece);
            }

            if (status != Status.Ok)
            {
                return status;
            }

            _outputCount += piece;
            _position += (uint)piece;
            count -= piece;
        }

        return Status.Ok;
    }

    Status ReadBase(byte[] buffer, int offset, int count)
    {
        uint alignment = _first == RangeModels.MapSource ? ContentAlignment() : _first;
        uint from = (_position + alignment) & RangeModels.AlignmentMask;
        return _base.Read(from, _targetOffset + _position, buffer, offset, count);
    }

    // Which alignment the map expects at the position.
    uint ContentAlignment()
    {
        uint place = _targetOffset + _position;
        if (place < _contentStart || place >= _contentEnd)
        {
            uint address = _map!.TargetAddress + place;
            _map.FindContent(address);
            _contentStart = place;
            _contentEnd = place + (_map.ContentEnd - address);
            uint offset = address - _map.ContentShift - _map.BaseAddress;
            _contentAlignment = (offset - _position) & RangeModels.AlignmentMask;
        }

        return _contentAlignment;
    }

    // What is emitted is read back through the io; the rest is still here. A copy may overlap itself.
    Status ReadTarget(byte[] buffer, int offset, int count)
    {
        if (_first == 0 || _first > _position)
        {
            return Status.OutOfRange;
        }

        uint from = _position - _first;
        uint emitted = _position - (uint)_outputCount;
        while (count > 0 && from < emitted)
        {
            uint there = emitted - from;
            int piece = (uint)count < there ? count : (int)there;
            Status status = _io!.ReadTarget(from, buffer, offset, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            from += (uint)piece;
            offset += piece;
            count -= piece;
        }

        Bytes.Copy(_output, (int)(from - emitted), buffer, offset, count);
        return Status.Ok;
    }

    Status Put(byte value)
    {
        Status status = _outputCount == OutputBytes ? Flush() : Status.Ok;
        _output[_outputCount] = value;
        _outputCount++;
        _position++;
        return status;
    }

    Status Flush()
    {
        if (_outputCount == 0)
        {
            return Status.Ok;
        }

        int count = _outputCount;
        _outputCount = 0;
        return _io!.Emit(_output, 0, count);
    }
}
