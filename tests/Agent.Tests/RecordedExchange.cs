using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

/// <summary>The exchange of an independent client with an independent device, line by line
/// (Vectors/README.md).</summary>
internal static class RecordedExchange
{
    /// <summary>Each request with the answer it got, both as the bytes on the wire.</summary>
    public static IReadOnlyList<(byte[] Request, byte[] Answer)> Read()
    {
        string path = Path.Combine(AppContext.BaseDirectory, "Vectors", "mcumgr-exchange.txt");
        var turns = new List<(byte[] Request, byte[] Answer)>();
        byte[] request = [];
        byte[] answer = [];
        foreach (string line in File.ReadLines(path).Where(line => !line.StartsWith('#')))
        {
            byte[] bytes = Convert.FromHexString(line.AsSpan(2));
            if (line[0] == '<')
            {
                answer = [.. answer, .. bytes];
                continue;
            }

            if (answer.Length > 0)
            {
                turns.Add((request, answer));
                (request, answer) = ([], []);
            }

            request = [.. request, .. bytes];
        }

        turns.Add((request, answer));
        return turns;
    }

    /// <summary>The packet in a frame.</summary>
    public static byte[] PacketOf(byte[] frame)
    {
        var decoder = new SmpFrameDecoder(4096, null);
        byte[]? packet = null;
        foreach (byte value in frame)
        {
            if (decoder.Accept(value) == SmpFrameEvent.Packet)
            {
                packet = decoder.Packet[..decoder.PacketBytes];
            }
        }

        Assert.IsNotNull(packet);
        return packet;
    }
}
