using System.Text;
using Twinbank.Core;
using Twinbank.Core.Smp;

namespace Twinbank.Fuzz.Targets;

/// <summary>Any bytes on the serial line, text between frames included.</summary>
internal sealed class SmpEndpointTarget : FuzzTarget
{
    const int PacketBytesMax = 512;

    public override IReadOnlyList<byte[]> Seeds()
    {
        byte[] echo = Frame(SmpOperation.Write, command: 0, "A1616465776F726C64");
        byte[] upload = Frame(SmpOperation.Write, command: 1, "A3646461746158400102636F6666006373686140");
        return [echo, [.. Encoding.ASCII.GetBytes("hello\r\n"), .. echo, .. upload], [.. upload, .. upload]];
    }

    public override void Run(byte[] input)
    {
        var sink = new CountingSink();
        var endpoint = new SmpEndpoint(PacketBytesMax, PacketBytesMax, [new ReadingHandler()], sink, sink.Text);
        endpoint.Accept(input, 0, input.Length);
        long answerBytesMax = (long)PacketBytesMax * 2 * endpoint.AnsweredRequests;
        Assert.IsLessThanOrEqualTo(answerBytesMax, sink.Bytes, "Answers must stay within their buffer.");
        Assert.IsLessThanOrEqualTo(input.Length, sink.Text.Bytes, "Text must come from the input.");
    }

    static byte[] Frame(SmpOperation operation, byte command, string payload)
    {
        byte[] body = Convert.FromHexString(payload);
        byte[] packet = new byte[SmpHeader.SizeBytes + body.Length];
        var header = new SmpHeader
        {
            Operation = operation,
            Version = 1,
            PayloadBytes = (ushort)body.Length,
            Sequence = 1,
            Command = command,
        };
        header.Write(packet, 0);
        body.CopyTo(packet, SmpHeader.SizeBytes);
        var encoder = new SmpFrameEncoder();
        encoder.Start(packet, 0, packet.Length, SmpFraming.Console);
        var lines = new List<byte>();
        for (int count = encoder.Next(); count > 0; count = encoder.Next())
        {
            lines.AddRange(encoder.Line.AsSpan(0, count));
        }

        return [.. lines];
    }

    sealed class CountingSink : LinkSink
    {
        public long Bytes { get; private set; }

        public CountingText Text { get; } = new();

        public override void Write(byte[] data, int offset, int count) => Bytes += count;
    }

    sealed class CountingText : TextSink
    {
        public int Bytes { get; private set; }

        public override void Accept(byte value) => Bytes++;
    }

    /// <summary>Reads every argument and echoes the last byte string.</summary>
    sealed class ReadingHandler : SmpHandler
    {
        readonly byte[] _copy = new byte[PacketBytesMax];

        public override ushort Group => 0;

        public override Status Handle(SmpOperation operation, byte command, CborReader arguments, CborWriter response)
        {
            int copied = 0;
            arguments.EnterMap();
            while (arguments.NextKey())
            {
                if (arguments.PeekType() == CborType.Unsigned)
                {
                    arguments.ReadUnsigned();
                }
                else
                {
                    arguments.Skip();
                    copied++;
                }
            }

            response.BeginMap(1);
            response.WriteText("r");
            response.WriteBytes(_copy, 0, Math.Min(copied * 100, _copy.Length));
            return arguments.Status;
        }
    }
}
