namespace Twinbank.Core.Smp;

/// <summary>
/// The device's end of an SMP link: bytes in, requests to their handlers, answers out, one after the other. All memory
/// is allocated by the constructor.
/// </summary>
public sealed class SmpEndpoint
{
    /// <summary>Smallest useful buffer: the header and an error answer.</summary>
    public const int PacketBytesMin = 64;

    readonly SmpHandler[] _handlers;
    readonly LinkSink _link;
    readonly SmpFrameDecoder _decoder;
    readonly SmpFrameEncoder _encoder = new SmpFrameEncoder();
    readonly CborReader _arguments = new CborReader();
    readonly CborWriter _writer = new CborWriter();
    readonly byte[] _response;
    readonly byte[] _emptyMap = { 0xA0 };

    /// <summary>
    /// An endpoint whose requests may have <paramref name="requestBytesMax"/> bytes and answers
    /// <paramref name="responseBytesMax"/>, headers included, both at least <see cref="PacketBytesMin"/>.
    /// </summary>
    public SmpEndpoint(
        int requestBytesMax, int responseBytesMax, SmpHandler[] handlers, LinkSink link, TextSink? text)
    {
        _handlers = handlers;
        _link = link;
        _decoder = new SmpFrameDecoder(requestBytesMax, text);
        _response = new byte[responseBytesMax];
    }

    /// <summary>Requests answered since construction, error answers included.</summary>
    public int AnsweredRequests { get; private set; }

    /// <summary>Frames that were cut short or failed their checksum.</summary>
    public int DroppedFrames => _decoder.DroppedFrames;

    /// <summary>Forgets a half received packet, as after the link was opened anew.</summary>
    public void Reset() => _decoder.Reset();

    /// <summary>Takes bytes from the link. Answers are sent before this returns.</summary>
    public void Accept(byte[] data, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            Accept(data[offset + i]);
        }
    }

    /// <summary>Takes one byte from the link; true when it completed a packet.</summary>
    public bool Accept(byte value)
    {
        SmpFrameEvent frameEvent = _decoder.Accept(value);
        if (frameEvent == SmpFrameEvent.None)
        {
            return false;
        }

        Status status = SmpHeader.TryRead(_decoder.Packet, 0, _decoder.PacketBytes, out SmpHeader header);
        if (!header.IsRequest || status == Status.BadField)
        {
            // Answering an answer could go on for ever.
            return true;
        }

        _writer.Reset(_response, SmpHeader.SizeBytes, _response.Length - SmpHeader.SizeBytes);
        if (status == Status.BadVersion)
        {
            header.Version = SmpHeader.VersionTwo;
            WriteResult(SmpResult.UnsupportedTooNew);
        }
        else if (frameEvent == SmpFrameEvent.Oversized)
        {
            WriteResult(SmpResult.MessageTooLong);
        }
        else
        {
            Answer(ref header);
        }

        Send(ref header);
        return true;
    }

    void Answer(ref SmpHeader header)
    {
        if (header.PayloadBytes > _decoder.PacketBytes - SmpHeader.SizeBytes)
        {
            WriteResult(SmpResult.InvalidValue);
            return;
        }

        if (header.PayloadBytes == 0)
        {
            _arguments.Reset(_emptyMap, 0, _emptyMap.Length);
        }
        else
        {
            _arguments.Reset(_decoder.Packet, SmpHeader.SizeBytes, header.PayloadBytes);
        }

        Status status = Status.NotSupported;
        for (int i = 0; i < _handlers.Length; i++)
        {
            if (_handlers[i].Group == header.Group)
            {
                status = _handlers[i].Handle(header.Operation, header.Command, _arguments, _writer);
                break;
            }
        }

        if (_arguments.Status != Status.Ok)
        {
            WriteResult(SmpResult.InvalidValue);
        }
        else if (status == Status.NotSupported)
        {
            WriteResult(SmpResult.NotSupported);
        }
        else if (status != Status.Ok)
        {
            WriteError(status, header.Version);
        }
        else if (_writer.Status != Status.Ok)
        {
            WriteResult(SmpResult.MessageTooLong);
        }
    }

    /// <summary>A protocol error has the same form in both versions.</summary>
    void WriteResult(SmpResult result)
    {
        _writer.Reset(_response, SmpHeader.SizeBytes, _response.Length - SmpHeader.SizeBytes);
        _writer.BeginMap(1);
        _writer.WriteText("rc");
        _writer.WriteUnsigned((uint)result);
    }

    /// <summary>
    /// What a handler refused: to version 1 as our status under our group, so that nothing is lost; to version 0 as the
    /// nearest number it knows.
    /// </summary>
    void WriteError(Status status, byte version)
    {
        if (version == SmpHeader.VersionLegacy)
        {
            WriteResult(SmpResults.FromStatus(status));
            return;
        }

        _writer.Reset(_response, SmpHeader.SizeBytes, _response.Length - SmpHeader.SizeBytes);
        _writer.BeginMap(1);
        _writer.WriteText("err");
        _writer.BeginMap(2);
        _writer.WriteText("group");
        _writer.WriteUnsigned(SmpGroup.Twinbank);
        _writer.WriteText("rc");
        _writer.WriteUnsigned((uint)status);
    }

    void Send(ref SmpHeader header)
    {
        header.Operation = header.Operation == SmpOperation.Read
            ? SmpOperation.ReadResponse
            : SmpOperation.WriteResponse;
        header.PayloadBytes = (ushort)_writer.Count;
        header.Write(_response, 0);
        AnsweredRequests++;
        _encoder.Start(_response, 0, SmpHeader.SizeBytes + _writer.Count, _decoder.Framing);
        int count = _encoder.Next();
        while (count > 0)
        {
            _link.Write(_encoder.Line, 0, count);
            count = _encoder.Next();
        }
    }
}
