namespace Twinbank.Core.Smp;

/// <summary>
/// Reads one CBOR item (RFC 8949) from memory, in one pass, without allocating. Errors stick: after the first one
/// every read gives zero or false, so that a handler looks at <see cref="Status"/> once, at its end.
/// </summary>
/// <remarks>
/// <para>Lengths may be definite or indefinite; the pieces of an indefinite string are moved together in the buffer,
/// which is why it must be writable and is read once only. Tags are passed over. Numbers over 32 bits are an error
/// where they are read and no problem where they are skipped. Nesting deeper than <see cref="DepthMax"/> is
/// refused.</para>
/// <para>Gives BadEncoding for what is no CBOR, NeedMoreData where the input ends inside an item, BadField where an
/// item is of another type than the reader was asked for, OutOfRange for a number that does not fit.</para>
/// </remarks>
public sealed class CborReader
{
    /// <summary>SMP nests three deep (a map of an array of maps); twice that leaves room for newer clients.</summary>
    public const int DepthMax = 8;

    const int MajorUnsigned = 0;
    const int MajorNegative = 1;
    const int MajorBytes = 2;
    const int MajorText = 3;
    const int MajorArray = 4;
    const int MajorMap = 5;
    const int MajorTag = 6;
    const int MajorSimple = 7;

    const int SimpleFalse = 20;
    const int SimpleTrue = 21;
    const int SimpleNull = 22;
    const int SimpleUndefined = 23;
    const int InformationIndefinite = 31;
    const byte Break = 0xFF;

    const uint Indefinite = 0xFFFFFFFF;

    // Items left in each open container: keys and values count one each.
    readonly uint[] _itemsLeft = new uint[DepthMax];
    readonly bool[] _isMap = new bool[DepthMax];

    // True in a map between a key and its value, where it cannot end.
    readonly bool[] _valueDue = new bool[DepthMax];
    int _depth;

    byte[] _buffer = { };
    int _position;
    int _end;

    // The head that was read last.
    int _major;
    int _information;
    uint _argument;
    bool _argumentIsLarge;

    int _keyOffset;
    int _keyCount;

    /// <summary>Ok, or the first thing that went wrong.</summary>
    public Status Status { get; private set; }

    /// <summary>The array that offsets of strings count in.</summary>
    public byte[] Buffer => _buffer;

    /// <summary>Index in the buffer of the next unread byte.</summary>
    public int Position => _position;

    /// <summary>Begins with other input. The buffer is scratch from now on; see the remarks on the class.</summary>
    public void Reset(byte[] buffer, int offset, int count)
    {
        _buffer = buffer;
        _position = offset;
        _end = offset + count;
        _depth = 0;
        _keyCount = 0;
        Status = Status.Ok;
    }

    /// <summary>Type of the next item, without consuming it (but passing over its tags).</summary>
    public CborType PeekType()
    {
        if (!SkipTags() || _position >= _end || _buffer[_position] == Break)
        {
            return CborType.None;
        }

        int information = _buffer[_position] & 31;
        switch (_buffer[_position] >> 5)
        {
            case MajorUnsigned:
                return CborType.Unsigned;
            case MajorNegative:
                return CborType.Negative;
            case MajorBytes:
                return CborType.Bytes;
            case MajorText:
                return CborType.Text;
            case MajorArray:
                return CborType.Array;
            case MajorMap:
                return CborType.Map;
            default:
                return SimpleType(information);
        }
    }

    static CborType SimpleType(int information)
    {
        if (information == SimpleFalse || information == SimpleTrue)
        {
            return CborType.Boolean;
        }

        return information == SimpleNull || information == SimpleUndefined ? CborType.Null : CborType.Other;
    }

    /// <summary>Enters a map; then <see cref="NextKey"/> until it gives false.</summary>
    public bool EnterMap() => Enter(MajorMap);

    /// <summary>Enters an array; then <see cref="NextItem"/> until it gives false.</summary>
    public bool EnterArray() => Enter(MajorArray);

    /// <summary>
    /// Reads the next key of the innermost map and stands before its value, which must be read or skipped. False at the
    /// end of the map, which is left then, and after an error. A key that is not text equals no name.
    /// </summary>
    public bool NextKey()
    {
        if (!NextItem())
        {
            return false;
        }

        _keyCount = -1;
        if (PeekType() == CborType.Text)
        {
            ReadText(out _keyOffset, out _keyCount);
        }
        else
        {
            Skip();
        }

        CountItem();
        return Status == Status.Ok;
    }

    /// <summary>True when the key that <see cref="NextKey"/> read is this ASCII name.</summary>
    public bool KeyIs(string name) => TextIs(_keyOffset, _keyCount, name);

    /// <summary>True when there is a further item in the innermost container; else leaves it.</summary>
    public bool NextItem()
    {
        if (Status != Status.Ok || _depth == 0)
        {
            return false;
        }

        uint left = _itemsLeft[_depth - 1];
        if (left == 0)
        {
            _depth--;
            return false;
        }

        if (left == Indefinite)
        {
            if (_position >= _end)
            {
                return Fail(Status.NeedMoreData);
            }

            if (_buffer[_position] == Break)
            {
                return LeaveAtBreak();
            }
        }

        CountItem();
        return true;
    }

    public uint ReadUnsigned()
    {
        if (!ReadHead(MajorUnsigned))
        {
            return 0;
        }

        if (_argumentIsLarge)
        {
            Fail(Status.OutOfRange);
            return 0;
        }

        return _argument;
    }

    /// <summary>Reads an integer of either sign that fits 32 bits.</summary>
    public int ReadInteger()
    {
        bool negative = PeekType() == CborType.Negative;
        if (!ReadHead(negative ? MajorNegative : MajorUnsigned))
        {
            return 0;
        }

        if (_argumentIsLarge || _argument > int.MaxValue)
        {
            Fail(Status.OutOfRange);
            return 0;
        }

        return negative ? -1 - (int)_argument : (int)_argument;
    }

    public bool ReadBoolean()
    {
        if (PeekType() != CborType.Boolean)
        {
            FailType();
            return false;
        }

        return (_buffer[_position++] & 31) == SimpleTrue;
    }

    /// <summary>Consumes a null or undefined and gives true; leaves any other item alone.</summary>
    public bool TryReadNull()
    {
        if (PeekType() != CborType.Null)
        {
            return false;
        }

        _position++;
        return true;
    }

    /// <summary>Reads a byte string; its bytes lie in the buffer at <paramref name="offset"/>.</summary>
    public bool ReadBytes(out int offset, out int count) => ReadString(MajorBytes, out offset, out count);

    /// <summary>Reads a text string as its UTF-8 bytes, which are not checked.</summary>
    public bool ReadText(out int offset, out int count) => ReadString(MajorText, out offset, out count);

    /// <summary>True when the bytes that a string read gave are this ASCII text.</summary>
    public bool TextIs(int offset, int count, string text)
    {
        if (count != text.Length)
        {
            return false;
        }

        for (int i = 0; i < count; i++)
        {
            if (_buffer[offset + i] != text[i])
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Passes over the next item, whatever it is and holds.</summary>
    public void Skip()
    {
        // The own stack serves, above what the caller has open, so that depth stays limited without recursion.
        int depthBefore = _depth;
        do
        {
            SkipHead();
            while (Status == Status.Ok && _depth > depthBefore && !NextItem())
            {
                // Each turn leaves one container that has no further item.
            }
        }
        while (Status == Status.Ok && _depth > depthBefore);
    }

    /// <summary>Fails unless all input was consumed, as after the outermost item.</summary>
    public void ExpectEnd()
    {
        if (Status == Status.Ok && _position != _end)
        {
            Fail(Status.BadEncoding);
        }
    }

    void SkipHead()
    {
        CborType type = PeekType();
        if (type == CborType.Array || type == CborType.Map)
        {
            Enter(type == CborType.Map ? MajorMap : MajorArray);
        }
        else if (type == CborType.Bytes || type == CborType.Text)
        {
            ReadString(type == CborType.Text ? MajorText : MajorBytes, out _, out _);
        }
        else if (ReadAnyHead() && _information == InformationIndefinite)
        {
            Fail(Status.BadEncoding);
        }
    }

    bool Enter(int major)
    {
        if (!ReadHead(major))
        {
            return false;
        }

        if (_depth == DepthMax)
        {
            return Fail(Status.BadEncoding);
        }

        uint items = Indefinite;
        if (_information != InformationIndefinite)
        {
            // Every item takes a byte at least: a count over what is left is a lie that would only cost time.
            uint itemsMax = (uint)(_end - _position) / (major == MajorMap ? 2u : 1u);
            if (_argumentIsLarge || _argument > itemsMax)
            {
                return Fail(Status.NeedMoreData);
            }

            items = major == MajorMap ? _argument * 2 : _argument;
        }

        _itemsLeft[_depth] = items;
        _isMap[_depth] = major == MajorMap;
        _valueDue[_depth] = false;
        _depth++;
        return true;
    }

    bool LeaveAtBreak()
    {
        if (_valueDue[_depth - 1])
        {
            return Fail(Status.BadEncoding);
        }

        _position++;
        _depth--;
        return false;
    }

    void CountItem()
    {
        _valueDue[_depth - 1] = _isMap[_depth - 1] && !_valueDue[_depth - 1];
        uint left = _itemsLeft[_depth - 1];
        if (left != Indefinite && left > 0)
        {
            _itemsLeft[_depth - 1] = left - 1;
        }
    }

    bool ReadString(int major, out int offset, out int count)
    {
        offset = 0;
        count = 0;
        if (!ReadHead(major))
        {
            return false;
        }

        if (_information != InformationIndefinite)
        {
            return TakeString(out offset, out count);
        }

        // Pieces only ever move towards the start, over the heads between them.
        offset = _position;
        while (true)
        {
            if (_position >= _end)
            {
                return Fail(Status.NeedMoreData);
            }

            if (_buffer[_position] == Break)
            {
                _position++;
                return true;
            }

            if (_buffer[_position] >> 5 != major || (_buffer[_position] & 31) == InformationIndefinite)
            {
                return Fail(Status.BadEncoding);
            }

            if (!ReadHead(major) || !TakeString(out int pieceOffset, out int pieceCount))
            {
                return false;
            }

            Bytes.Copy(_buffer, pieceOffset, _buffer, offset + count, pieceCount);
            count += pieceCount;
        }
    }

    bool TakeString(out int offset, out int count)
    {
        offset = _position;
        count = 0;
        if (_argumentIsLarge || _argument > (uint)(_end - _position))
        {
            return Fail(Status.NeedMoreData);
        }

        count = (int)_argument;
        _position += count;
        return true;
    }

    bool SkipTags()
    {
        while (Status == Status.Ok && _position < _end && _buffer[_position] >> 5 == MajorTag)
        {
            if (ReadAnyHead() && _information == InformationIndefinite)
            {
                Fail(Status.BadEncoding);
            }
        }

        return Status == Status.Ok;
    }

    bool ReadHead(int major)
    {
        if (!SkipTags())
        {
            return false;
        }

        if (_position >= _end)
        {
            return Fail(Status.NeedMoreData);
        }

        if (_buffer[_position] >> 5 != major)
        {
            return FailType();
        }

        if (!ReadAnyHead())
        {
            return false;
        }

        bool mayBeIndefinite = major >= MajorBytes && major <= MajorMap;
        return _information != InformationIndefinite || mayBeIndefinite || Fail(Status.BadEncoding);
    }

    /// <summary>Reads the initial byte and its argument (RFC 8949 section 3); 64-bit arguments are marked as
    /// large.</summary>
    bool ReadAnyHead()
    {
        if (_position >= _end)
        {
            return Fail(Status.NeedMoreData);
        }

        int initial = _buffer[_position];
        _major = initial >> 5;
        _information = initial & 31;
        _argumentIsLarge = false;
        if (_information < 24 || _information == InformationIndefinite)
        {
            _argument = (uint)_information;
            _position++;
            return true;
        }

        if (_information > 27)
        {
            return Fail(Status.BadEncoding);
        }

        int argumentBytes = 1 << (_information - 24);
        if (argumentBytes > _end - _position - 1)
        {
            return Fail(Status.NeedMoreData);
        }

        ReadArgument(_position + 1, argumentBytes);
        _position += 1 + argumentBytes;
        return _major != MajorSimple || _information != 24 || _argument >= 32 || Fail(Status.BadEncoding);
    }

    void ReadArgument(int offset, int argumentBytes)
    {
        _argument = 0;
        for (int i = 0; i < argumentBytes; i++)
        {
            _argumentIsLarge |= (_argument & 0xFF000000) != 0;
            _argument = (_argument << 8) | _buffer[offset + i];
        }
    }

    bool FailType()
    {
        if (_position >= _end)
        {
            return Fail(Status.NeedMoreData);
        }

        return Fail(_buffer[_position] == Break ? Status.BadEncoding : Status.BadField);
    }

    bool Fail(Status status)
    {
        if (Status == Status.Ok)
        {
            Status = status;
        }

        return false;
    }
}
