namespace Twinbank.Core.Recipes;

/// <summary>
/// Where things of the base image went in the target: a shift for each stretch of addresses (specs/recipe.md section
/// 6). A recipe without a map predicts nothing and is none the worse for it.
/// </summary>
/// <remarks>
/// The map stays as it came, packed, in the caller's buffer; a checkpoint every 128 bytes makes a lookup short. What a
/// map says is only a prediction: a wrong one makes wrong bytes, which the block's digest finds.
/// </remarks>
public sealed class AddressMap
{
    public const int HeaderBytes = 16;
    public const int ReferencesOffset = 0, BaseAddressOffset = 4, BaseBytesOffset = 8, TargetAddressOffset = 12;

    /// <summary>4 KiB: the size of one block buffer, some 1,400 entries.</summary>
    public const int BytesMax = 4096;

    const int CheckpointSpacingBytes = 128;
    const int CheckpointCount = BytesMax / CheckpointSpacingBytes;
    const int NumberBytesMax = 5;

    readonly uint[] _starts = new uint[CheckpointCount];
    readonly uint[] _shifts = new uint[CheckpointCount];
    readonly ushort[] _offsets = new ushort[CheckpointCount];
    byte[] _bytes = s_none;
    int _begin;
    int _end;
    int _checkpoints;

    // Reading position and what was read there last.
    int _at;
    uint _start;
    uint _shift;
    uint _number;

    static readonly byte[] s_none = { };

    public ReferenceKind References { get; private set; }

    /// <summary>Address of the first byte of the base payload.</summary>
    public uint BaseAddress { get; private set; }

    /// <summary>Length of the base payload.</summary>
    public uint BaseBytes { get; private set; }

    /// <summary>Address of the first byte of the target payload.</summary>
    public uint TargetAddress { get; private set; }

    /// <summary>Shift of the content at the address <see cref="FindContent"/> was asked for.</summary>
    public uint ContentShift { get; private set; }

    /// <summary>
    /// The next target address above that may have another one; 2^31 - 1 bytes on where there is none.
    /// </summary>
    public uint ContentEnd { get; private set; }

    /// <summary>
    /// Looks at a map and keeps a view of it. Gives Ok, BadLength (too long, or cut within an entry), BadField or
    /// BadReserved.
    /// </summary>
    public Status Parse(byte[] source, int offset, int count)
    {
        _checkpoints = 0;
        _bytes = source;
        _begin = offset + HeaderBytes;
        _end = offset + count;
        if (count < HeaderBytes || count > BytesMax)
        {
            return Status.BadLength;
        }

        if (source[offset + ReferencesOffset] > (byte)ReferenceKind.RiscV)
        {
            return Status.BadField;
        }

        if (!Bytes.AllAre(source, offset + 1, BaseAddressOffset - 1, 0))
        {
            return Status.BadReserved;
        }

        References = (ReferenceKind)source[offset + ReferencesOffset];
        BaseAddress = LittleEndian.ReadU32(source, offset + BaseAddressOffset);
        BaseBytes = LittleEndian.ReadU32(source, offset + BaseBytesOffset);
        TargetAddress = LittleEndian.ReadU32(source, offset + TargetAddressOffset);
        return ReadEntries();
    }

    /// <summary>How far what was at an address moved: the shift of the last entry that starts at or below it.</summary>
    public uint Shift(uint address)
    {
        int low = 0;
        int high = _checkpoints;
        while (low < high)
        {
            int middle = (low + high) >> 1;
            if (_starts[middle] <= address)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }

        if (low == 0)
        {
            return 0;
        }

        _at = _begin + _offsets[low - 1];
        _start = _starts[low - 1];
        _shift = _shifts[low - 1];
        uint shift = _shift;

        // The next checkpoint, or the address itself, ends the walk.
        while (_at < _end && Next() && _start <= address)
        {
            shift = _shift;
        }

        return shift;
    }

    /// <summary>
    /// Which stretch of the base is expected at a target address: of the entries inside the base payload the one
    /// whose moved start is the highest that is not above. Sets <see cref="ContentShift"/> (0 where there is none)
    /// and <see cref="ContentEnd"/>.
    /// </summary>
    public void FindContent(uint targetAddress)
    {
        uint below = 0xFFFFFFFF;
        uint above = 0x7FFFFFFF;
        ContentShift = 0;
        _at = _begin;
        _start = 0;
        _shift = 0;
        while (_at < _end && Next())
        {
            if (_start - BaseAddress >= BaseBytes)
            {
                continue;
            }

            uint distance = targetAddress - (_start + _shift);
            if ((int)distance >= 0)
            {
                if (distance < below)
                {
                    below = distance;
                    ContentShift = _shift;
                }
            }
            else if (0 - distance < above)
            {
                above = 0 - distance;
            }
        }

        ContentEnd = targetAddress + above;
    }

    Status ReadEntries()
    {
        _at = _begin;
        _start = 0;
        _shift = 0;
        while (_at < _end)
        {
            int entry = _at;
            uint before = _start;
            if (!Next())
            {
                return Status.BadLength;
            }

            if (_start <= before && entry != _begin)
            {
                return Status.BadField;
            }

            if (entry - _begin >= _checkpoints * CheckpointSpacingBytes)
            {
                _starts[_checkpoints] = _start;
                _shifts[_checkpoints] = _shift;
                _offsets[_checkpoints] = (ushort)(_at - _begin);
                _checkpoints++;
            }
        }

        return Status.Ok;
    }

    // Distance from the start before, then the change of the shift with its sign in the lowest bit.
    bool Next()
    {
        if (!ReadNumber())
        {
            return false;
        }

        _start += _number;
        if (!ReadNumber())
        {
            return false;
        }

        _shift += (_number & 1) == 0 ? _number >> 1 : 0 - ((_number + 1) >> 1);
        return true;
    }

    // Seven bits a byte, lowest first; the top bit says that more follow.
    bool ReadNumber()
    {
        _number = 0;
        for (int i = 0; i < NumberBytesMax && _at < _end; i++)
        {
            byte value = _bytes[_at];
            _at++;
            _number |= (uint)(value & 0x7F) << (7 * i);
            if (value < 0x80)
            {
                return true;
            }
        }

        return false;
    }
}
