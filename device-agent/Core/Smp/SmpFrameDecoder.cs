namespace Twinbank.Core.Smp;

/// <summary>
/// Takes a byte stream apart into SMP packets, in either framing, and text (specs/smp.md section 2). One byte at a
/// time; nothing it is fed makes it fail: what is no frame is text, what is a broken frame is dropped and counted.
/// </summary>
/// <remarks>
/// A packet is handed out at the end of the line that completes it and stays valid until the next byte. Text between
/// the lines of one packet does not disturb it. A line that breaks off inside (a fault message of the application, for
/// example) ends the packet, and the offending byte and what follows are text again.
/// </remarks>
public sealed class SmpFrameDecoder
{
    const int ModeText = 0;
    const int ModeAfterStart = 1;
    const int ModeAfterContinuation = 2;
    const int ModeConsoleLine = 3;
    const int ModeCompactLine = 4;

    // Where counting stops, so that an endless line cannot overflow it: over what a length field can say.
    const int ReceivedBytesMax = 0x1FFFF;

    readonly byte[] _packet;
    readonly int _packetBytesMax;
    readonly TextSink? _text;
    int _mode = ModeText;

    // The packet that is being put together, over all of its lines.
    bool _packetOpen;
    int _expectedBytes;
    int _lengthBytesSeen;
    int _receivedBytes;
    ushort _crc;

    // The line: a base64 group, or a run of stuffed bytes.
    int _groupCharacters;
    int _groupPadding;
    uint _groupBits;
    int _runBytesLeft;
    int _runCode;

    /// <summary>
    /// A decoder for packets of up to <paramref name="packetBytesMax"/> bytes, header included. Text goes to
    /// <paramref name="text"/>, or nowhere when that is null.
    /// </summary>
    public SmpFrameDecoder(int packetBytesMax, TextSink? text)
    {
        _packetBytesMax = packetBytesMax;
        _packet = new byte[packetBytesMax + FrameMarkers.CrcBytes];
        _text = text;
    }

    /// <summary>Holds the packet after <see cref="SmpFrameEvent.Packet"/>, from index 0.</summary>
    public byte[] Packet => _packet;

    /// <summary>Length of the packet, header included, without CRC. May exceed the buffer after Oversized.</summary>
    public int PacketBytes { get; private set; }

    /// <summary>The framing that the last packet came in.</summary>
    public SmpFraming Framing { get; private set; }

    /// <summary>Frames begun but not completed, or with a wrong checksum, since construction.</summary>
    public int DroppedFrames { get; private set; }

    /// <summary>Forgets what is half received, as after a link was opened anew.</summary>
    public void Reset()
    {
        _mode = ModeText;
        _packetOpen = false;
    }

    /// <summary>Takes the next byte of the stream.</summary>
    public SmpFrameEvent Accept(byte value)
    {
        switch (_mode)
        {
            case ModeAfterStart:
                AcceptAfterStart(value);
                return SmpFrameEvent.None;
            case ModeAfterContinuation:
                AcceptAfterContinuation(value);
                return SmpFrameEvent.None;
            case ModeConsoleLine:
                return AcceptConsole(value);
            case ModeCompactLine:
                return AcceptCompact(value);
            default:
                AcceptText(value);
                return SmpFrameEvent.None;
        }
    }

    void AcceptText(byte value)
    {
        if (value == FrameMarkers.Start)
        {
            _mode = ModeAfterStart;
        }
        else if (value == FrameMarkers.Continuation)
        {
            _mode = ModeAfterContinuation;
        }
        else
        {
            _mode = ModeText;
            EmitText(value);
        }
    }

    void AcceptAfterStart(byte value)
    {
        if (value == FrameMarkers.ConsoleStart)
        {
            OpenPacket();
            OpenConsoleLine();
        }
        else if (value == FrameMarkers.CompactStart)
        {
            OpenPacket();
            _runBytesLeft = 0;
            _runCode = FrameMarkers.CompactRunBytesMax + 1;
            _mode = ModeCompactLine;
        }
        else
        {
            EmitText(FrameMarkers.Start);
            AcceptText(value);
        }
    }

    void AcceptAfterContinuation(byte value)
    {
        if (value == FrameMarkers.ConsoleContinuation)
        {
            // Without an open packet (its first line was lost) the line is still taken, only to be thrown away.
            OpenConsoleLine();
        }
        else
        {
            EmitText(FrameMarkers.Continuation);
            AcceptText(value);
        }
    }

    void OpenPacket()
    {
        if (_packetOpen)
        {
            DroppedFrames++;
        }

        _packetOpen = true;
        _expectedBytes = 0;
        _lengthBytesSeen = 0;
        _receivedBytes = 0;
        _crc = Crc16.InitialValue;
    }

    void OpenConsoleLine()
    {
        _groupCharacters = 0;
        _groupPadding = 0;
        _groupBits = 0;
        _mode = ModeConsoleLine;
    }

    SmpFrameEvent AcceptConsole(byte value)
    {
        if (value == FrameMarkers.LineEnd)
        {
            _mode = ModeText;
            return EndConsoleLine();
        }

        if (value == FrameMarkers.CarriageReturn)
        {
            return SmpFrameEvent.None;
        }

        int bits = Base64.ToValue(value);
        bool padding = value == Base64.Padding && _groupCharacters >= 2;
        if ((bits == Base64.NotInAlphabet && !padding) || (_groupPadding > 0 && !padding))
        {
            DropPacket();
            AcceptText(value);
            return SmpFrameEvent.None;
        }

        AcceptGroupCharacter(padding ? 0 : (uint)bits, padding);
        return SmpFrameEvent.None;
    }

    void AcceptGroupCharacter(uint bits, bool padding)
    {
        _groupBits = (_groupBits << 6) | bits;
        _groupCharacters++;
        if (padding)
        {
            _groupPadding++;
        }

        if (_groupCharacters < 4)
        {
            return;
        }

        int groupBytes = 3 - _groupPadding;
        for (int i = 0; i < groupBytes; i++)
        {
            StoreConsole((byte)(_groupBits >> (16 - (8 * i))));
        }

        // Padding is left standing: nothing but the end of the line may follow it.
        _groupCharacters = 0;
        _groupBits = 0;
    }

    SmpFrameEvent EndConsoleLine()
    {
        if (_groupCharacters != 0 || !_packetOpen)
        {
            DropPacket();
            return SmpFrameEvent.None;
        }

        bool complete = _lengthBytesSeen == FrameMarkers.LengthBytes && _receivedBytes >= _expectedBytes;
        if (!complete)
        {
            return SmpFrameEvent.None;
        }

        return _receivedBytes == _expectedBytes ? ClosePacket(SmpFraming.Console) : DropPacket();
    }

    void StoreConsole(byte value)
    {
        if (_lengthBytesSeen < FrameMarkers.LengthBytes)
        {
            _expectedBytes = (_expectedBytes << 8) | value;
            _lengthBytesSeen++;
            return;
        }

        Store(value);
    }

    SmpFrameEvent AcceptCompact(byte value)
    {
        if (value == FrameMarkers.LineEnd)
        {
            _mode = ModeText;
            return _runBytesLeft == 0 ? ClosePacket(SmpFraming.Compact) : DropPacket();
        }

        int plain = value ^ FrameMarkers.LineEnd;
        if (_runBytesLeft > 0)
        {
            _runBytesLeft--;
            Store((byte)plain);
            return SmpFrameEvent.None;
        }

        // A run that is not full stands for a zero after it, except the very last one.
        if (_runCode <= FrameMarkers.CompactRunBytesMax)
        {
            Store(0);
        }

        _runCode = plain;
        _runBytesLeft = plain - 1;
        return SmpFrameEvent.None;
    }

    void Store(byte value)
    {
        if (!_packetOpen || _receivedBytes > ReceivedBytesMax)
        {
            return;
        }

        if (_receivedBytes < _packet.Length)
        {
            _packet[_receivedBytes] = value;
        }

        _receivedBytes++;
        _crc = Crc16.Continue(_crc, value);
    }

    SmpFrameEvent ClosePacket(SmpFraming framing)
    {
        int packetBytes = _receivedBytes - FrameMarkers.CrcBytes;
        if (_crc != 0 || packetBytes < SmpHeader.SizeBytes)
        {
            return DropPacket();
        }

        _packetOpen = false;
        PacketBytes = packetBytes;
        Framing = framing;
        return packetBytes > _packetBytesMax ? SmpFrameEvent.Oversized : SmpFrameEvent.Packet;
    }

    SmpFrameEvent DropPacket()
    {
        _packetOpen = false;
        DroppedFrames++;
        return SmpFrameEvent.None;
    }

    void EmitText(byte value)
    {
        if (_text != null)
        {
            _text.Accept(value);
        }
    }
}
