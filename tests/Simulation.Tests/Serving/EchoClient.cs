using System.Text;
using Twinbank.Core.Smp;
using Twinbank.Links;

namespace Twinbank.Simulation.Tests.Serving;

/// <summary>As much of an SMP client as it takes to see that a board answers.</summary>
internal static class EchoClient
{
    const byte CommandEcho = 0;
    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(20);

    /// <summary>Sends an echo request and gives what came back, as the bytes of the answer read as text.</summary>
    public static async Task<string> EchoAsync(ILink link, string text)
    {
        using var timeout = new CancellationTokenSource(s_patience);
        await link.WriteAsync(Request(text), timeout.Token);
        var decoder = new SmpFrameDecoder(4096, text: null);
        byte[] piece = new byte[512];
        while (true)
        {
            int count = await link.ReadAsync(piece, timeout.Token);
            for (int index = 0; index < count; index++)
            {
                if (decoder.Accept(piece[index]) == SmpFrameEvent.Packet)
                {
                    return Encoding.ASCII.GetString(decoder.Packet, 0, decoder.PacketBytes);
                }
            }
        }
    }

    static byte[] Request(string text)
    {
        byte[] packet = new byte[256];
        var arguments = new CborWriter();
        arguments.Reset(packet, SmpHeader.SizeBytes, packet.Length - SmpHeader.SizeBytes);
        arguments.BeginMap(1);
        arguments.WriteText("d");
        arguments.WriteText(text);
        var header = new SmpHeader
        {
            Operation = SmpOperation.Write,
            Version = SmpHeader.VersionTwo,
            PayloadBytes = (ushort)arguments.Count,
            Command = CommandEcho,
        };
        header.Write(packet, 0);
        var encoder = new SmpFrameEncoder();
        encoder.Start(packet, 0, SmpHeader.SizeBytes + arguments.Count, SmpFraming.Console);
        var frame = new List<byte>();
        for (int count = encoder.Next(); count > 0; count = encoder.Next())
        {
            frame.AddRange(encoder.Line.AsSpan(0, count));
        }

        return [.. frame];
    }
}
