using System.Text;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>Motorola S-records (M68000 Family Programmer's Reference Manual, appendix C), types S0 to S9.</summary>
sealed class SRecordReader(string name)
{
    const int RecordBytesMax = 1 + 255;

    readonly MemoryImageBuilder _builder = new(name);
    string _headerText = "";
    int _lineNumber;
    uint _dataRecordCount;
    bool _counted;
    uint? _entryPoint;

    /// <exception cref="FirmwareException">
    /// BadSRecord, OverlappingSegments, PayloadEmpty, PayloadTooScattered.
    /// </exception>
    internal MemoryImage Read(ReadOnlySpan<byte> content)
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

        // Some tools write a count but no end record when there is no entry point; either shows that all is there.
        if (!ended && !_counted)
        {
            _lineNumber = lines.Number;
            throw Bad("neither an end record (S7, S8, S9) nor a count (S5, S6) follows, so the file is cut off");
        }

        return MemoryImage.Create(name, PayloadFormat.SRecord, _builder.ToSegments()) with
        {
            EntryPoint = _entryPoint,
            HeaderText = _headerText,
        };
    }

    /// <summary>True for an end record.</summary>
    bool ReadLine(ReadOnlySpan<byte> line)
    {
        Span<byte> record = stackalloc byte[RecordBytesMax];
        if (line.Length < 2 || line[0] is not ((byte)'S' or (byte)'s'))
        {
            throw Bad($"it starts with \"{HexDigits.Show(line)}\" instead of S and a digit");
        }

        if (!HexDigits.TryDecode(line[2..], record, out int count))
        {
            throw Bad($"\"{HexDigits.Show(line)}\" is not S, a digit and pairs of hex digits");
        }

        if (count < 2 || count != 1 + record[0])
        {
            throw Bad($"{Math.Max(0, count - 1)} bytes follow its count, which says {record[0]}");
        }

        byte sum = 0;
        foreach (byte b in record[..(count - 1)])
        {
            sum += b;
        }

        if ((byte)~sum != record[count - 1])
        {
            throw Bad($"its checksum is {record[count - 1]:X2}, but the bytes before it give {(byte)~sum:X2}");
        }

        return ReadRecord((char)line[1], record[1..(count - 1)]);
    }

    bool ReadRecord(char type, ReadOnlySpan<byte> body)
    {
        int addressBytes = type switch
        {
            '0' or '1' or '5' or '9' => 2,
            '2' or '6' or '8' => 3,
            '3' or '7' => 4,
            _ => throw Bad($"records of type S{HexDigits.Show([(byte)type])} are not defined"),
        };
        if (body.Length < addressBytes)
        {
            throw Bad($"it ends inside its address of {addressBytes} bytes");
        }

        uint address = 0;
        foreach (byte b in body[..addressBytes])
        {
            address = (address << 8) | b;
        }

        return Use(type, address, body[addressBytes..]);
    }

    bool Use(char type, uint address, ReadOnlySpan<byte> data)
    {
        if (type is '5' or '6' or '7' or '8' or '9' && data.Length > 0)
        {
            throw Bad($"a record of type S{type} has no data, this one has {data.Length} bytes");
        }

        switch (type)
        {
            case '0':
                _headerText = new string([.. Encoding.ASCII.GetString(data).Where(c => c is >= ' ' and <= '~')]);
                return false;
            case '1' or '2' or '3':
                AddData(address, data);
                return false;
            case '5' or '6':
                CheckCount(address);
                return false;
            default:
                // Tools write 0 when they know no entry point.
                _entryPoint = address == 0 ? null : address;
                return true;
        }
    }

    void AddData(uint address, ReadOnlySpan<byte> data)
    {
        if ((ulong)address + (ulong)data.Length > 1UL << 32)
        {
            throw Bad("its data reaches beyond 4 GiB");
        }

        if (_counted)
        {
            throw Bad("it comes after the count of data records");
        }

        _builder.Add(address, data);
        _dataRecordCount++;
    }

    void CheckCount(uint count)
    {
        if (count != _dataRecordCount)
        {
            throw Bad($"it counts {count} data records, but {_dataRecordCount} came before it");
        }

        _counted = true;
    }

    FirmwareException Bad(string problem)
        => new(ErrorCode.BadSRecord, ("line", _lineNumber), ("path", name), ("problem", problem));
}
