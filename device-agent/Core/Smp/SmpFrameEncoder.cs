namespace Twinbank.Core.Smp;

/// <summary>Turns one packet into the pieces that go on the link, at most 127 bytes each, in either framing.</summary>
/// <remarks>The packet's memory is read while the pieces are taken, not copied: leave it alone until Next gives
/// 0.</remarks>
public sealed class SmpFrameEncoder
{
    readonly byte[] _line = new byte[FrameMarkers.LineBytesMax];
    byte[] _packet;
    int _packetOffset;
    int _packetBytes;
    ushort _crc;
    SmpFraming _framing;
    int _rawBytes;
    int _rawIndex;
    int _runBytesLeft;
    bool _runIsFull;
    bool _runPending;
    bool _lineOpen;
    bool _finished = true;

    public SmpFrameEncoder() => _packet = _line;

    /// <summary>Holds the piece that <see cref="Next"/> made, from index 0.</summary>
    public byte[] Line => _line;

    /// <summary>Begins a packet of <paramref name="count"/> bytes (at most 65533, the limit of its length
    /// field).</summary>
    public void Start(byte[] packet, int offset, int count, SmpFraming framing)
    {
        _packet = packet;
        _packetOffset = offset;
        _packetBytes = count;
        _crc = Crc16.Compute(packet, offset, count);
        _framing = framing;
        _rawBytes = count + FrameMarkers.CrcBytes + (framing == SmpFraming.Console ? FrameMarkers.LengthBytes : 0);
        _rawIndex = 0;
        _runBytesLeft = 0;
        _runPending = true;
        _lineOpen = false;
        _finished = false;
    }

    /// <summary>Makes the next piece in <see cref="Line"/> and gives its length in bytes; 0 when all is done.</summary>
    public int Next()
    {
        if (_finished)
        {
            return 0;
        }

        return _framing == SmpFraming.Console ? NextConsoleLine() : NextCompactPiece();
    }

    int NextConsoleLine()
    {
        bool first = _rawIndex == 0;
        _line[0] = first ? FrameMarkers.Start : FrameMarkers.Continuation;
        _line[1] = first ? FrameMarkers.ConsoleStart : FrameMarkers.ConsoleContinuation;
        int length = 2;
        int lineEnd = _rawIndex + FrameMarkers.ConsoleRawBytesMax;
        if (lineEnd > _rawBytes)
        {
            lineEnd = _rawBytes;
        }

        while (_rawIndex < lineEnd)
        {
            length = AppendGroup(length, lineEnd - _rawIndex);
        }

        _line[length] = FrameMarkers.LineEnd;
        _finished = _rawIndex == _rawBytes;
        return length + 1;
    }

    int AppendGroup(int length, int bytesLeft)
    {
        int groupBytes = bytesLeft < 3 ? bytesLeft : 3;
        int bits = 0;
        for (int i = 0; i < 3; i++)
        {
            bits = (bits << 8) | (i < groupBytes ? ConsoleByte(_rawIndex + i) : 0);
        }

        _rawIndex += groupBytes;
        for (int i = 0; i < 4; i++)
        {
            _line[length + i] = i <= groupBytes ? Base64.ToCharacter((bits >> (18 - (6 * i))) & 63) : Base64.Padding;
        }

        return length + 4;
    }

    int ConsoleByte(int index)
    {
        int framedBytes = _packetBytes + FrameMarkers.CrcBytes;
        if (index == 0)
        {
            return framedBytes >> 8;
        }

        return index == 1 ? framedBytes & 0xFF : PacketByte(index - FrameMarkers.LengthBytes);
    }

    int PacketByte(int index)
    {
        if (index < _packetBytes)
        {
            return _packet[_packetOffset + index];
        }

        return index == _packetBytes ? _crc >> 8 : _crc & 0xFF;
    }

    int NextCompactPiece()
    {
        int length = 0;
        if (!_lineOpen)
        {
            _lineOpen = true;
            _line[0] = FrameMarkers.Start;
            _line[1] = FrameMarkers.CompactStart;
            length = 2;
        }

        // One byte is kept free for the end of the line.
        while (length < FrameMarkers.LineBytesMax - 1 && (_runBytesLeft > 0 || _runPending))
        {
            _line[length++] = (byte)(NextCompactByte() ^ FrameMarkers.LineEnd);
        }

        if (_runBytesLeft == 0 && !_runPending)
        {
            _line[length++] = FrameMarkers.LineEnd;
            _finished = true;
        }

        return length;
    }

    /// <summary>The next stuffed byte: the code of a run (its length plus one), or a byte of the run.</summary>
    int NextCompactByte()
    {
        if (_runBytesLeft > 0)
        {
            _runBytesLeft--;
            int value = PacketByte(_rawIndex++);
            EndRunWhenDone();
            return value;
        }

        int runBytes = 0;
        while (runBytes < FrameMarkers.CompactRunBytesMax && _rawIndex + runBytes < _rawBytes
            && PacketByte(_rawIndex + runBytes) != 0)
        {
            runBytes++;
        }

        _runBytesLeft = runBytes;
        _runIsFull = runBytes == FrameMarkers.CompactRunBytesMax;
        _runPending = false;
        EndRunWhenDone();
        return runBytes + 1;
    }

    void EndRunWhenDone()
    {
        if (_runBytesLeft > 0 || _rawIndex == _rawBytes)
        {
            return;
        }

        // A run that is not full ended at a zero, which the next code stands for, even if nothing follows it.
        if (!_runIsFull)
        {
            _rawIndex++;
        }

        _runPending = true;
    }
}
