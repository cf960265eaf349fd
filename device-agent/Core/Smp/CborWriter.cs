namespace Twinbank.Core.Smp;

/// <summary>
/// Writes CBOR (RFC 8949) in its shortest form into a fixed buffer. Running out of room sticks: see
/// <see cref="Status"/>. Counts of maps and arrays are the caller's promise.
/// </summary>
public sealed class CborWriter
{
    const byte MajorUnsigned = 0x00;
    const byte MajorNegative = 0x20;
    const byte MajorBytes = 0x40;
    const byte MajorText = 0x60;
    const byte MajorArray = 0x80;
    const byte MajorMap = 0xA0;

    byte[] _buffer = { };
    int _start;
    int _position;
    int _end;

    /// <summary>Ok, or NoSpace when the buffer was too small; what was written is not to be sent then.</summary>
    public Status Status { get; private set; }

    /// <summary>Bytes written since <see cref="Reset"/>.</summary>
    public int Count => _position - _start;

    /// <summary>Bytes that still fit.</summary>
    public int BytesLeft => _end - _position;

    /// <summary>Begins anew in <paramref name="capacity"/> bytes from <paramref name="offset"/>.</summary>
    public void Reset(byte[] buffer, int offset, int capacity)
    {
        _buffer = buffer;
        _start = offset;
        _position = offset;
        _end = offset + capacity;
        Status = Status.Ok;
    }

    /// <summary>A map of this many entries; each is a text and a value.</summary>
    public void BeginMap(int entries) => Head(MajorMap, (uint)entries);

    public void BeginArray(int items) => Head(MajorArray, (uint)items);

    /// <summary>A map that <see cref="End"/> ends.</summary>
    public void BeginMap() => Append(MajorMap | 31);

    /// <summary>An array that <see cref="End"/> ends.</summary>
    public void BeginArray() => Append(MajorArray | 31);

    public void End() => Append(0xFF);

    public void WriteUnsigned(uint value) => Head(MajorUnsigned, value);

    public void WriteInteger(int value)
    {
        if (value < 0)
        {
            Head(MajorNegative, (uint)(-1 - value));
        }
        else
        {
            Head(MajorUnsigned, (uint)value);
        }
    }

    public void WriteBoolean(bool value) => Append(value ? (byte)0xF5 : (byte)0xF4);

    public void WriteNull() => Append(0xF6);

    public void WriteBytes(byte[] source, int offset, int count)
    {
        Head(MajorBytes, (uint)count);
        AppendAll(source, offset, count);
    }

    /// <summary>Text from its UTF-8 bytes.</summary>
    public void WriteText(byte[] source, int offset, int count)
    {
        Head(MajorText, (uint)count);
        AppendAll(source, offset, count);
    }

    /// <summary>ASCII text, such as a key.</summary>
    public void WriteText(string text)
    {
        Head(MajorText, (uint)text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            Append((byte)text[i]);
        }
    }

    void Head(byte major, uint argument)
    {
        if (argument < 24)
        {
            Append((byte)(major | argument));
        }
        else if (argument <= 0xFF)
        {
            HeadWithArgument(major | 24, argument, 1);
        }
        else if (argument <= 0xFFFF)
        {
            HeadWithArgument(major | 25, argument, 2);
        }
        else
        {
            HeadWithArgument(major | 26, argument, 4);
        }
    }

    void HeadWithArgument(int initial, uint argument, int argumentBytes)
    {
        Append((byte)initial);
        for (int shift = 8 * (argumentBytes - 1); shift >= 0; shift -= 8)
        {
            Append((byte)(argument >> shift));
        }
    }

    void AppendAll(byte[] source, int offset, int count)
    {
        if (count > _end - _position)
        {
            Status = Status.NoSpace;
            return;
        }

        Bytes.Copy(source, offset, _buffer, _position, count);
        _position += count;
    }

    void Append(byte value)
    {
        if (_position == _end)
        {
            Status = Status.NoSpace;
            return;
        }

        _buffer[_position++] = value;
    }
}
