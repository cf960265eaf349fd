using Twinbank.Core.Smp;
using Twinbank.Links;

namespace Twinbank.Flashing.Tests.Smp;

/// <summary>The other end of a pipe: hands each request to a script and sends what the script answers.</summary>
internal sealed class ScriptedDevice : IAsyncDisposable
{
    private readonly PipeLink _link;
    private readonly Func<byte[], byte[]?> _answer;
    private readonly List<byte[]> _requests = [];
    private readonly Task _serving;

    private ScriptedDevice(PipeLink link, Func<byte[], byte[]?> answer)
    {
        _link = link;
        _answer = answer;
        _serving = ServeAsync();
    }

    /// <summary>All requests so far, resends included.</summary>
    public IReadOnlyList<byte[]> Requests
    {
        get
        {
            lock (_requests)
            {
                return [.. _requests];
            }
        }
    }

    /// <summary>A device whose script gives the answer's packet for each request's packet, or null for
    /// silence.</summary>
    public static (ILink Host, ScriptedDevice Device) Create(Func<byte[], byte[]?> answer)
    {
        (PipeLink host, PipeLink device) = PipeLink.CreatePair();
        return (host, new ScriptedDevice(device, answer));
    }

    /// <summary>The answer to a request with this payload in hex.</summary>
    public static byte[] AnswerTo(byte[] request, string payloadHex)
    {
        byte[] payload = Convert.FromHexString(payloadHex);
        byte[] packet = [.. request[..SmpHeader.SizeBytes], .. payload];
        packet[0]++;
        BigEndian.WriteU16(packet, 2, (ushort)payload.Length);
        return packet;
    }

    /// <summary>Sends bytes as they are.</summary>
    public ValueTask SendAsync(byte[] bytes) => _link.WriteAsync(bytes);

    public async Task SendPacketAsync(byte[] packet)
    {
        var encoder = new SmpFrameEncoder();
        encoder.Start(packet, 0, packet.Length, SmpFraming.Console);
        for (int count = encoder.Next(); count > 0; count = encoder.Next())
        {
            await _link.WriteAsync(encoder.Line.AsMemory(0, count));
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _link.DisposeAsync();
        await _serving;
    }

    private async Task ServeAsync()
    {
        var decoder = new SmpFrameDecoder(8192, null);
        byte[] buffer = new byte[4096];
        try
        {
            while (true)
            {
                int count = await _link.ReadAsync(buffer);
                for (int i = 0; i < count; i++)
                {
                    if (decoder.Accept(buffer[i]) == SmpFrameEvent.Packet)
                    {
                        await AnswerAsync(decoder.Packet[..decoder.PacketBytes]);
                    }
                }
            }
        }
        catch (Errors.FirmwareException)
        {
            // The host has closed the link: the test is over.
        }
    }

    private async Task AnswerAsync(byte[] request)
    {
        lock (_requests)
        {
            _requests.Add(request);
        }

        if (_answer(request) is { } answer)
        {
            await SendPacketAsync(answer);
        }
    }
}
