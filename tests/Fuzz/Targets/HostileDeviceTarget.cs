using System.Threading.Channels;
using Twinbank.Core.Smp;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Smp;
using Twinbank.Links;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// A device that answers what it likes, to a host that asks what it is, what it holds, and sends it an image. The host
/// may refuse, and must not hang or fail in another way.
/// </summary>
internal sealed class HostileDeviceTarget : FuzzTarget
{
    const uint Right = 0, OtherSequence = 1;

    static readonly SmpPatience s_patience = new(TimeSpan.FromMilliseconds(5), TimeSpan.FromMilliseconds(20));

    public override IReadOnlyList<byte[]> Seeds()
    {
        byte[] parameters = Answer(map => { Number(map, "buf_size", 512); Number(map, "buf_count", 4); });
        byte[] info = Answer(WriteInfo);
        byte[] images = Answer(map => { map.WriteTextString("images"); WriteImages(map); });
        byte[] refusal = Answer(map => Number(map, "rc", 3));
        byte[] off = Answer(map => Number(map, "off", 400)), start = Answer(map => Number(map, "off", 0));
        byte[] end = Answer(map =>
        {
            Number(map, "off", SampleImages.SmallContainer.Length);
            map.WriteTextString("match");
            map.WriteBoolean(true);
        });
        return
        [
            [.. info, .. images, .. parameters, .. off, .. end],
            [.. info, .. images, .. parameters, .. start, .. start, .. start, .. start, .. off, .. refusal],
            [.. refusal, .. refusal, .. refusal, .. off, .. off, .. off, .. off, .. end],
            [.. SmpScript.Entry(OtherSequence, WriteInfo), .. info, .. images, .. parameters, .. end],
        ];
    }

    public override void Run(byte[] input) => RunAsync(input).GetAwaiter().GetResult();

    static async Task RunAsync(byte[] input)
    {
        var client = new SmpClientOptions { Patience = s_patience, FirstSequence = 1 };
        var options = new DeviceSessionOptions { Client = client };
        await using var session = new DeviceSession(new AnsweringLink(SmpScript.Read(input)), options);
        await TryAsync(() => session.ReadInfoAsync());
        await TryAsync(() => session.ReadImagesAsync());
        await TryAsync(() => session.UploadAsync(SampleImages.SmallContainer, "The image"));
    }

    static async Task TryAsync(Func<Task> ask)
    {
        try
        {
            await ask();
        }
        catch (FirmwareException)
        {
            // A refusal with a code is what a hostile device may get.
        }
    }

    static byte[] Answer(Action<CborWriter> write) => SmpScript.Entry(Right, write);

    static void Number(CborWriter map, string key, int value)
    {
        map.WriteTextString(key);
        map.WriteInt32(value);
    }

    static void WriteInfo(CborWriter map)
    {
        map.WriteTextString("board");
        map.WriteTextString("sim-nor");
        Number(map, "state", 1);
        Number(map, "active", 0);
        map.WriteTextString("geometry");
        map.WriteStartMap(null);
        foreach (string key in new[] { "slots", "slot", "header", "sector", "block", "unit" })
        {
            Number(map, key, 4096);
        }

        map.WriteEndMap();
        map.WriteTextString("failure");
        map.WriteStartMap(null);
        Number(map, "reason", 4);
        map.WriteEndMap();
    }

    static void WriteImages(CborWriter map)
    {
        map.WriteStartArray(null);
        map.WriteStartMap(null);
        Number(map, "slot", 0);
        map.WriteTextString("version");
        map.WriteTextString("1.2.3");
        map.WriteTextString("hash");
        map.WriteByteString(new byte[32]);
        map.WriteTextString("active");
        map.WriteBoolean(true);
        map.WriteEndMap();
        map.WriteEndArray();
    }

    /// <summary>Answers each request with the next entry of the script, and is gone at its end.</summary>
    sealed class AnsweringLink(IEnumerable<(uint Kind, byte[] Payload)> script) : ILink
    {
        const int PacketBytesMax = 64 * 1024;

        readonly Queue<(uint Kind, byte[] Payload)> _script = new(script);
        readonly SmpFrameDecoder _decoder = new(PacketBytesMax, null);
        readonly Channel<byte[]> _answers = Channel.CreateUnbounded<byte[]>();
        ReadOnlyMemory<byte> _unread;

        public string Name => "fuzz:";

        public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
        {
            try
            {
                _unread = _unread.Length > 0 ? _unread : await _answers.Reader.ReadAsync(cancellation);
            }
            catch (ChannelClosedException exception)
            {
                throw new FirmwareException(ErrorCode.LinkLost, exception, ("link", Name), ("reason", "end of script"));
            }

            int count = Math.Min(buffer.Length, _unread.Length);
            _unread[..count].CopyTo(buffer);
            _unread = _unread[count..];
            return count;
        }

        public ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation = default)
        {
            foreach (byte value in data.ToArray())
            {
                if (_decoder.Accept(value) == SmpFrameEvent.Packet)
                {
                    Answer(_decoder.Packet);
                }
            }

            return ValueTask.CompletedTask;
        }

        public ValueTask DisposeAsync()
        {
            _answers.Writer.TryComplete();
            return ValueTask.CompletedTask;
        }

        void Answer(byte[] request)
        {
            if (!_script.TryDequeue(out (uint Kind, byte[] Payload) entry))
            {
                _answers.Writer.TryComplete();
                return;
            }

            var header = new SmpHeader
            {
                Operation = (SmpOperation)((request[0] % 8) + 1), Version = 1,
                Group = (ushort)((request[4] << 8) | request[5]),
                Sequence = (byte)(request[6] + (entry.Kind & 0xFF)), Command = request[7],
            };
            _answers.Writer.TryWrite(SmpScript.Frame(header, entry.Payload));
        }
    }
}
