namespace Twinbank.Core.Recipes;

/// <summary>
/// Bits out of a range-coded byte string that arrives in pieces. It holds back <see cref="ReserveBytes"/> bytes, more
/// than one operation can take, so that an operation never has to stop in the middle.
/// </summary>
sealed class RangeDecoder
{
    /// <summary>
    /// An operation has at most 21 modelled bits (7.1 bits of information each at worst) and 43 plain ones: 24 bytes,
    /// and 4 more at the start of a block.
    /// </summary>
    internal const int ReserveBytes = 32;

    const int StartBytes = 4;
    const uint RangeMin = 1 << 24;

    readonly ushort[] _models = new ushort[RangeModels.Count];
    readonly byte[] _input = new byte[2 * ReserveBytes];
    int _inputStart;
    int _inputEnd;
    bool _started;
    bool _ended;
    uint _range;
    uint _code;

    // Bytes beyond the end that were taken to be 0, and the last byte that was there.
    int _missing;
    byte _last;

    internal void Begin()
    {
        RangeModels.Reset(_models);
        _inputStart = 0;
        _inputEnd = 0;
        _started = false;
        _ended = false;
        _missing = 0;
    }

    /// <summary>
    /// Takes as many bytes as there is room for and gives their count, at least 1 while not <see cref="Ready"/>.
    /// </summary>
    internal int Fill(byte[] data, int offset, int count)
    {
        int held = _inputEnd - _inputStart;
        if (count > _input.Length - _inputEnd)
        {
            Bytes.Copy(_input, _inputStart, _input, 0, held);
            _inputStart = 0;
            _inputEnd = held;
        }

        int room = _input.Length - _inputEnd;
        int taken = count < room ? count : room;
        Bytes.Copy(data, offset, _input, _inputEnd, taken);
        _inputEnd += taken;
        return taken;
    }

    /// <summary>Says that no more input comes.</summary>
    internal void End() => _ended = true;

    /// <summary>Bytes that were taken in and not used.</summary>
    internal int UnusedBytes => _inputEnd - _inputStart;

    /// <summary>True when one more operation can be decoded without more input.</summary>
    internal bool Ready => _ended ? _missing < StartBytes : _inputEnd - _inputStart >= ReserveBytes;

    /// <summary>
    /// True when the input is what an encoder ends with after these bits: the fewest bytes that settle them whatever
    /// follows, and the smallest such number. So each list of operations has one recipe, and no proper prefix and no
    /// extension of a recipe is one (specs/recipe.md section 5).
    /// </summary>
    internal bool EndsHere()
    {
        if (_missing >= StartBytes || UnusedBytes != 0)
        {
            return false;
        }

        // The code is how far the input lies above the lower end of the range.
        int openBits = 8 * _missing;
        uint shorter = (_code - ((uint)_last << openBits)) & ((1u << (openBits + 8)) - 1);
        return _code >> openBits == 0 && Settles(_code, openBits) && !Settles(shorter, openBits + 8);
    }

    // True when the range holds the code with whatever its open last bits may be.
    bool Settles(uint code, int openBits)
        => openBits < 32 && code <= _range && (1u << openBits) <= _range - code;

    internal int Bit(int model)
    {
        if (!_started)
        {
            Start();
        }

        int state = _models[model];
        uint bound = (_range >> 12) * (uint)(state >> 4);
        int bit;
        if (_code < bound)
        {
            _range = bound;
            bit = 0;
        }
        else
        {
            _range -= bound;
            _code -= bound;
            bit = 1;
        }

        _models[model] = RangeModels.Learn((ushort)state, bit);
        Normalize();
        return bit;
    }

    /// <summary>A symbol, highest bit first, each bit with a model for the bits before it.</summary>
    internal int Tree(int tree, int bits)
    {
        int node = 1;
        for (int i = 0; i < bits; i++)
        {
            node = (node << 1) | Bit(tree + node);
        }

        return node - (1 << bits);
    }

    /// <summary>A symbol, lowest bit first.</summary>
    internal int ReverseTree(int tree, int bits)
    {
        int node = 1;
        int symbol = 0;
        for (int i = 0; i < bits; i++)
        {
            int bit = Bit(tree + node);
            node = (node << 1) | bit;
            symbol |= bit << i;
        }

        return symbol;
    }

    /// <summary>A number of plain bits, highest first, 0 to 30 of them.</summary>
    internal uint Plain(int bits)
    {
        uint value = 0;
        for (int i = 0; i < bits; i++)
        {
            _range >>= 1;
            uint bit = _code >= _range ? 1u : 0;
            _code -= bit == 0 ? 0 : _range;
            value = (value << 1) | bit;
            Normalize();
        }

        return value;
    }

    void Start()
    {
        _started = true;
        _range = 0xFFFFFFFF;
        _code = 0;
        for (int i = 0; i < StartBytes; i++)
        {
            _code = (_code << 8) | NextByte();
        }
    }

    void Normalize()
    {
        if (_range < RangeMin)
        {
            _range <<= 8;
            _code = (_code << 8) | NextByte();
        }
    }

    byte NextByte()
    {
        if (_inputStart < _inputEnd)
        {
            _last = _input[_inputStart++];
            return _last;
        }

        // Counted up to the limit only, which Ready and EndsHere refuse.
        if (_missing < StartBytes)
        {
            _missing++;
        }

        return 0;
    }
}
