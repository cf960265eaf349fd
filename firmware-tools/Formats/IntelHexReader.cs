using System.Buffers.Binary;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// Intel HEX (Intel Hexadecimal Object File Format Specification, revision A, 1988), all record types, and the block
/// records of micro:bit Universal HEX (specification 0.4.0).
/// </summary>
sealed class IntelHexReader(string name)
{
    const int RecordBytesMax = 1 + 2 + 1 + 255 + 1;
    const int OverheadBytes = 5;
    const int NoBoard = -1;

    // Bytes outside blocks have the key NoBoard; those of a Universal HEX their board's id.
    readonly SortedDictionary<int, MemoryImageBuilder> _builders = [];
    int _board = NoBoard;
    int _lineNumber;
    uint _base;
    bool _wrapsAt64K;
    uint? _entryPoint;

    /// <param name="content">The file.</param>
    /// <param name="board">Which board's data to take; null when not given.</param>
    /// <exception cref="FirmwareException">
    /// BadIntelHex, OverlappingSegments, PayloadEmpty, PayloadTooScattered, UniversalHexBoardMissing, BadArgument.
    /// </exception>
    internal MemoryImage Read(ReadOnlySpan<byte> content, ushort? board)
    {
        var lines = new LineScanner(content);
        bool ended = false;
        while (lines.MoveNext())
        {
            _lineNumber = lines.Number;
            if (ended)
            {
                throw Bad("it comes after the end record");
            }

            ended = ReadLine(lines.Line);
        }

        if (!ended)
        {
            _lineNumber = lines.Number;
            throw Bad("the end record (:00000001FF) is missing, so the file is cut off");
        }

        return MemoryImage.Create(name, PayloadFormat.IntelHex, ChooseBoard(board)) with { EntryPoint = _entryPoint };
    }

    /// <summary>True for the end record.</summary>
    bool ReadLine(ReadOnlySpan<byte> line)
    {
        Span<byte> record = stackalloc byte[RecordBytesMax];
        if (line[0] != ':')
        {
            throw Bad($"it starts with \"{HexDigits.Show(line)}\" instead of a colon");
        }

        if (!HexDigits.TryDecode(line[1..], record, out int count))
        {
            throw Bad($"\"{HexDigits.Show(line)}\" is not a colon and pairs of hex digits");
        }

        if (count < OverheadBytes || count != OverheadBytes + record[0])
        {
            throw Bad($"it has {count} bytes, but its length {record[0]} asks for {OverheadBytes + record[0]}");
        }

        byte sum = 0;
        foreach (byte b in record[..count])
        {
            sum += b;
        }

        if (sum != 0)
        {
            byte stored = record[count - 1];
            throw Bad($"its checksum is {stored:X2}, but the bytes before it give {(byte)(stored - sum):X2}");
        }

        ushort offset = BinaryPrimitives.ReadUInt16BigEndian(record[1..]);
        return ReadRecord(record[3], offset, record[4..(count - 1)]);
    }

    bool ReadRecord(byte type, ushort offset, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case 0x00:
                AddData(offset, data);
                return false;
            case 0x01:
                RequireLength(type, data, 0);
                return true;
            case 0x02:
                RequireLength(type, data, 2);
                SetBase((uint)BinaryPrimitives.ReadUInt16BigEndian(data) << 4, wrapsAt64K: true);
                return false;
            case 0x03:
                RequireLength(type, data, 4);
                uint segment = BinaryPrimitives.ReadUInt16BigEndian(data);
                _entryPoint = (segment << 4) + BinaryPrimitives.ReadUInt16BigEndian(data[2..]);
                return false;
            case 0x04:
                RequireLength(type, data, 2);
                SetBase((uint)BinaryPrimitives.ReadUInt16BigEndian(data) << 16, wrapsAt64K: false);
                return false;
            case 0x05:
                RequireLength(type, data, 4);
                _entryPoint = BinaryPrimitives.ReadUInt32BigEndian(data);
                return false;
            default:
                ReadUniversalRecord(type, offset, data);
                return false;
        }
    }

    void ReadUniversalRecord(byte type, ushort offset, ReadOnlySpan<byte> data)
    {
        switch (type)
        {
            case 0x0A when data.Length >= 2:
                StartBlock(BinaryPrimitives.ReadUInt16BigEndian(data));
                break;
            case 0x0B:
                _board = NoBoard;
                break;
            case 0x0C or 0x0E:
                break;
            case 0x0D when _board != NoBoard:
                AddData(offset, data);
                break;
            case 0x0D:
                throw Bad("it has data for a board (type 0D), but no block start record (type 0A) names the board");
            default:
                throw Bad($"its type {type:X2} with {data.Length} data bytes is not known");
        }
    }

    void StartBlock(int board)
    {
        _board = board;
        if (!_builders.ContainsKey(board) && _builders.Count > PayloadLimits.UniversalHexBoardCountMax)
        {
            throw Bad($"it starts data for one more board; at most {PayloadLimits.UniversalHexBoardCountMax} are read");
        }

        Builder();
    }

    void SetBase(uint value, bool wrapsAt64K)
    {
        _base = value;
        _wrapsAt64K = wrapsAt64K;
    }

    void AddData(ushort offset, ReadOnlySpan<byte> data)
    {
        // In a segment the offset counts modulo 64 KiB; a linear address just goes on (specification, chapter 3).
        int untilWrap = 0x10000 - offset;
        if (_wrapsAt64K && data.Length > untilWrap)
        {
            Builder().Add(_base + offset, data[..untilWrap]);
            Builder().Add(_base, data[untilWrap..]);
            return;
        }

        if ((ulong)_base + offset + (ulong)data.Length > 1UL << 32)
        {
            throw Bad("its data reaches beyond 4 GiB");
        }

        Builder().Add(_base + offset, data);
    }

    MemoryImageBuilder Builder()
    {
        if (!_builders.TryGetValue(_board, out MemoryImageBuilder? builder))
        {
            builder = new MemoryImageBuilder(name);
            _builders.Add(_board, builder);
        }

        return builder;
    }

    IReadOnlyList<MemorySegment> ChooseBoard(ushort? board)
    {
        int[] boards = [.. _builders.Keys.Where(id => id != NoBoard)];
        if (board is { } wanted && !boards.Contains(wanted))
        {
            throw new FirmwareException(
                ErrorCode.BadArgument,
                ("value", $"{wanted:X4}"),
                ("argument", "--hex-board"),
                ("reason", boards.Length == 0
                    ? "the file is plain Intel HEX, for one board only"
                    : $"the file has data for {Names(boards)}"));
        }

        if (board is null && boards.Length > 1)
        {
            throw new FirmwareException(
                ErrorCode.UniversalHexBoardMissing, ("path", name), ("boards", Names(boards)));
        }

        int chosen = board ?? (boards.Length == 1 ? boards[0] : NoBoard);
        return _builders.TryGetValue(chosen, out MemoryImageBuilder? builder) ? builder.ToSegments() : [];
    }

    static string Names(int[] boards) => string.Join(", ", boards.Select(id => id.ToString("X4", null)));

    void RequireLength(byte type, ReadOnlySpan<byte> data, int length)
    {
        if (data.Length != length)
        {
            throw Bad($"a record of type {type:X2} has {length} data bytes, this one {data.Length}");
        }
    }

    FirmwareException Bad(string problem)
        => new(ErrorCode.BadIntelHex, ("line", _lineNumber), ("path", name), ("problem", problem));
}
