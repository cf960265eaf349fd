using System.Buffers.Binary;
using Twinbank.Core.Smp;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// Several SMP packets in one input, without their frames and checksums: a kind (4 bytes, what they mean is the
/// target's matter), the length of the payload (2), the payload. So mutations reach what is behind the frames.
/// </summary>
internal static class SmpScript
{
    const int HeadBytes = 6;
    const int PayloadBytesMax = 1500;

    public static byte[] Entry(uint kind, Action<CborWriter> write)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(null);
        write(writer);
        writer.WriteEndMap();
        byte[] payload = writer.Encode();
        byte[] entry = new byte[HeadBytes + payload.Length];
        BinaryPrimitives.WriteUInt32BigEndian(entry, kind);
        BinaryPrimitives.WriteUInt16BigEndian(entry.AsSpan(4), (ushort)payload.Length);
        payload.CopyTo(entry, HeadBytes);
        return entry;
    }

    /// <summary>The packets of an input, as far as they go.</summary>
    public static IEnumerable<(uint Kind, byte[] Payload)> Read(byte[] input)
    {
        int at = 0;
        while (input.Length - at >= HeadBytes)
        {
            uint kind = BinaryPrimitives.ReadUInt32BigEndian(input.AsSpan(at));
            int length = BinaryPrimitives.ReadUInt16BigEndian(input.AsSpan(at + 4)) % PayloadBytesMax;
            at += HeadBytes;
            length = Math.Min(length, input.Length - at);
            yield return (kind, input[at..(at + length)]);
            at += length;
        }
    }

    public static byte[] Frame(SmpHeader header, byte[] payload)
    {
        header.PayloadBytes = (ushort)payload.Length;
        byte[] packet = new byte[SmpHeader.SizeBytes + payload.Length];
        header.Write(packet, 0);
        payload.CopyTo(packet, SmpHeader.SizeBytes);
        var encoder = new SmpFrameEncoder();
        encoder.Start(packet, 0, packet.Length, SmpFraming.Console);
        var lines = new List<byte>();
        for (int count = encoder.Next(); count > 0; count = encoder.Next())
        {
            lines.AddRange(encoder.Line.AsSpan(0, count));
        }

        return [.. lines];
    }
}
