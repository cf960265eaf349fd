using Twinbank.Core.Smp;

namespace Twinbank.Core.Tests.Smp;

/// <summary>Encodes and decodes whole streams for the tests of the framing.</summary>
internal static class Frames
{
    public static byte[] Encode(byte[] packet, SmpFraming framing)
    {
        var encoder = new SmpFrameEncoder();
        encoder.Start(packet, 0, packet.Length, framing);
        var stream = new List<byte>();
        for (int count = encoder.Next(); count > 0; count = encoder.Next())
        {
            Assert.IsLessThanOrEqualTo(127, count);
            stream.AddRange(encoder.Line.AsSpan(0, count));
        }

        return [.. stream];
    }

    public static List<byte[]> Decode(SmpFrameDecoder decoder, IEnumerable<byte> stream)
    {
        var packets = new List<byte[]>();
        foreach (byte value in stream)
        {
            if (decoder.Accept(value) == SmpFrameEvent.Packet)
            {
                packets.Add(decoder.Packet[..decoder.PacketBytes]);
            }
        }

        return packets;
    }

    /// <summary>A packet with a header that says its length.</summary>
    public static byte[] Packet(Random random, int payloadBytes)
    {
        byte[] packet = new byte[SmpHeader.SizeBytes + payloadBytes];
        random.NextBytes(packet);
        var header = new SmpHeader
        {
            Operation = SmpOperation.Write,
            PayloadBytes = (ushort)payloadBytes,
            Group = SmpGroup.Image,
            Sequence = (byte)random.Next(256),
        };
        header.Write(packet, 0);
        return packet;
    }
}
