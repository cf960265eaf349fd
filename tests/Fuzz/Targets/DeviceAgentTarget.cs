using System.Security.Cryptography;
using Twinbank.Agent;
using Twinbank.Core;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;
using Twinbank.Core.Tests.Rig;
using Twinbank.Simulation.Flash;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// Requests of a hostile client to the agent of a device, all commands in any order. The image that runs must still
/// verify afterwards, and nothing may be done to flash that flash forbids.
/// </summary>
internal sealed class DeviceAgentTarget : FuzzTarget
{
    const int RequestBytesMax = 1024;
    const int ChunkBytes = 400;
    const uint Read = 0x00000000;
    const uint Write = 0x02000000;

    // Group and command behind the operation.
    const uint Echo = Write | 0x0000, Parameters = Read | 0x0006, Images = Read | 0x0100, Test = Write | 0x0100;
    const uint Upload = Write | 0x0101, Erase = Write | 0x0105, SlotInfo = Read | 0x0106;
    const uint Info = Read | 0x4000, Confirm = Write | 0x4001, Revert = Write | 0x4002, ResetTo = Write | 0x4003;
    const uint Log = Read | 0x4004, Generations = Read | 0x4005, Compact = Write | 0x4006, ReadSlot = Read | 0x4008;
    const uint Promote = Write | 0x4009;

    readonly TestDevice _device = new();
    readonly FlashSnapshot _provisioned;

    public DeviceAgentTarget()
    {
        _device.Provision(SampleImages.SmallContainer);
        _provisioned = _device.Flash.Snapshot();
    }

    /// <summary>Most of it is the rig: each input begins with a copy of the whole flash and a new agent.</summary>
    public override long AllocatedBytesMax => 32 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Seeds()
    {
        byte[] upload = UploadOf(SampleImages.LargeContainer);
        byte[] digest = SampleImages.Large.ManifestDigest;
        byte[] test = SmpScript.Entry(Test, map => Bytes(map, "hash", digest));
        byte[] questions =
        [
            .. Ask(Info), .. Ask(Parameters), .. Ask(Images), .. Ask(SlotInfo),
            .. SmpScript.Entry(Echo, map => Text(map, "d", "hello")),
            .. SmpScript.Entry(Log, map => Number(map, "age", 0)),
            .. SmpScript.Entry(Generations, map => Number(map, "slot", 0)),
            .. SmpScript.Entry(ReadSlot, map =>
            {
                Number(map, "slot", 0);
                Number(map, "off", 64);
                Number(map, "len", 200);
            }),
        ];
        return
        [
            questions, [.. upload, .. test, .. Ask(Info)], [.. upload, .. Ask(Images), .. Ask(Confirm)],
            [.. SmpScript.Entry(Erase, map => Number(map, "slot", 1)), .. upload],
            [
                .. Ask(Compact), .. Ask(Compact), .. Ask(Revert),
                .. SmpScript.Entry(ResetTo, map => Text(map, "to", "golden")),
            ],
            [.. SmpScript.Entry(Promote, map => Bytes(map, "hash", SampleImages.Small.ManifestDigest)), .. Ask(Info)],
        ];
    }

    public override void Run(byte[] input)
    {
        _device.Flash.Restore(_provisioned);
        _device.Flash.ClearViolations();
        Assert.AreEqual(Status.Ok, _device.Storage.Journal.Mount());
        _device.Installer.Abandon();
        var sink = new CountingSink();
        var run = new RunState { RunningSlot = SlotId.A, BlockBytes = TestDevice.Board.Slots.BlockBytes };
        var service = new DeviceService(
            _device.Storage, _device.Control, _device.Installer, run, RequestBytesMax, 4,
            DeviceService.ResponseBytesMin, sink, null);
        foreach ((uint kind, byte[] payload) in SmpScript.Read(input))
        {
            long before = sink.Bytes;
            foreach (byte value in SmpScript.Frame(HeaderOf(kind), payload))
            {
                service.Accept(value);
            }

            Assert.IsLessThanOrEqualTo(2L * DeviceService.ResponseBytesMin, sink.Bytes - before, "One answer at most.");
        }

        Status verdict = _device.Storage.Verify(SlotId.A, 0, _device.Storage.CreateReader());
        Assert.AreEqual(Status.Ok, verdict, "The running image was touched.");
        Assert.IsEmpty(_device.Flash.Violations);
    }

    static SmpHeader HeaderOf(uint kind) => new()
    {
        Operation = (SmpOperation)(kind >> 24), Version = 1, Group = (ushort)((kind >> 8) & 0xFF), Command = (byte)kind,
        Sequence = 1,
    };

    static byte[] UploadOf(byte[] container)
    {
        var entries = new List<byte>();
        for (int at = 0; at < container.Length; at += ChunkBytes)
        {
            byte[] data = container[at..Math.Min(at + ChunkBytes, container.Length)];
            int offset = at;
            entries.AddRange(SmpScript.Entry(Upload, map =>
            {
                Number(map, "off", offset);
                if (offset == 0)
                {
                    Number(map, "len", container.Length);
                    Bytes(map, "sha", SHA256.HashData(container));
                }

                Bytes(map, "data", data);
            }));
        }

        return [.. entries];
    }

    static byte[] Ask(uint kind) => SmpScript.Entry(kind, _ => { });

    static void Number(CborWriter map, string key, int value)
    {
        map.WriteTextString(key);
        map.WriteInt32(value);
    }

    static void Text(CborWriter map, string key, string value)
    {
        map.WriteTextString(key);
        map.WriteTextString(value);
    }

    static void Bytes(CborWriter map, string key, byte[] value)
    {
        map.WriteTextString(key);
        map.WriteByteString(value);
    }

    sealed class CountingSink : LinkSink
    {
        public long Bytes { get; private set; }

        public override void Write(byte[] data, int offset, int count) => Bytes += count;
    }
}
