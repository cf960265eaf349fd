using Twinbank.Boards;
using Twinbank.Core.Flash;
using Twinbank.Core.Format;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Smp;
using Twinbank.Core.Trust;
using Twinbank.Crypto;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Simulation;
using Twinbank.Simulation.Boards;
using CborWriter = System.Formats.Cbor.CborWriter;

namespace Twinbank.Agent.Tests;

/// <summary>
/// A device's agent over simulated flash, without a boot stage: version 1 runs from slot A, golden holds version 9.
/// </summary>
internal sealed class AgentBench
{
    public const int RequestBytesMax = 512;

    private static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);
    private static readonly Board s_board = BoardCatalog.BuiltIn.Find("sim-nor.1k-u4");

    private readonly CollectingLink _link = new();
    private byte _sequence = 0x42;

    /// <param name="usesPlainFlash">True for flash that keeps no log, to count what the agent allocates.</param>
    /// <param name="composeBytes">RAM for the blocks of overlays; 0 for a device that takes none.</param>
    public AgentBench(bool usesPlainFlash = false, uint composeBytes = 0)
    {
        Hardware = SimulatedHardware.FromBoard(s_board);
        First = Build(1);
        Program(SlotId.A, First);
        Program(SlotId.Golden, Build(9));
        var digest = new Sha256();
        var trust = new TrustStore(digest, [new Ed25519Verifier()]);
        trust.AddKey((byte)KeyAlgorithm.Ed25519, s_key.PublicKey.Raw.ToArray());
        uint header = Hardware.SlotHeaderBytes;
        FlashDevice flash = usesPlainFlash ? new PlainFlash(Hardware.Parts[0]) : Hardware.Parts[0];
        Storage = new DeviceStorage(
            Hardware.Identity, new BootJournal(On(Hardware.Journal)), new Slot(SlotId.A, On(Hardware.SlotA), header),
            new Slot(SlotId.B, On(Hardware.SlotB), header), new Slot(SlotId.Golden, On(Hardware.Golden!), header),
            trust, digest, 1024, 16 * 1024);
        if (composeBytes > 0)
        {
            Storage.OfferComposing(new SimulatedMemory(composeBytes), [], []);
        }

        Storage.Journal.Mount();
        var record = new JournalRecord();
        JournalTransitions.Rebuilt(SlotId.A, 0, First.ManifestDigest, 0, record);
        Storage.Journal.Append(record);
        Run = new RunState { RunningSlot = SlotId.A, BlockBytes = s_board.Slots.BlockBytes };
        Control = new ImageControl(Storage);
        Service = new DeviceService(
            Storage, Control, new Installer(Storage, []), Run, RequestBytesMax, 4, DeviceService.ResponseBytesMin,
            _link, null);

        FlashRegion On(FlashRegion region) => new(flash, region.StartAddress, region.SizeBytes);
    }

    public SimulatedHardware Hardware { get; }

    public DeviceStorage Storage { get; }

    public ImageControl Control { get; }

    public RunState Run { get; }

    public DeviceService Service { get; }

    public TargetImage First { get; }

    public JournalRecord Journal => Storage.Journal.Current;

    public static TargetImage Build(int version) => Build(version, version);

    /// <summary>Builds an image whose blocks are those of another version.</summary>
    public static TargetImage Build(int version, int payloadVersion)
    {
        byte[] payload = new byte[9000];
        new SeededRandom((ulong)payloadVersion).Fill(payload);
        return ImageBuilder.Build(new ImageRequest
        {
            Board = s_board,
            Payload = MemoryImage.Create([new MemorySegment(s_board.VirtualBase, payload)], null, "test"),
            PayloadKind = PayloadKind.NativeRam,
            Name = "demo",
            Version = new ImageVersion((ushort)version, 2, 3, 4),
            Keys = [s_key],
        });
    }

    public static byte[] ContainerOf(TargetImage image)
        => ContainerWriter.Write(image, [.. image.Blocks.Select(CarriedBlock.Stored)], null);

    /// <summary>Sends one request and gives the answer's map, decoded by another CBOR library in strict mode.</summary>
    public Dictionary<string, object?> Ask(
        SmpOperation operation, ushort group, byte command, Action<CborWriter>? arguments = null, byte version = 0)
    {
        byte[] packet = BuildPacket(operation, group, command, arguments, version);
        byte[] answer = RecordedExchange.PacketOf(AskRaw(packet));
        Assert.AreEqual(packet[6], answer[6], "sequence");
        return Answers.Decode(answer.AsMemory(SmpHeader.SizeBytes));
    }

    /// <summary>Sends one packet and gives all bytes that come back.</summary>
    public byte[] AskRaw(byte[] packet)
    {
        foreach (byte value in Frame(packet))
        {
            Service.Accept(value);
        }

        return _link.Take();
    }

    public byte[] BuildPacket(
        SmpOperation operation, ushort group, byte command, Action<CborWriter>? arguments = null, byte version = 0)
    {
        var writer = new CborWriter();
        writer.WriteStartMap(null);
        arguments?.Invoke(writer);
        writer.WriteEndMap();
        byte[] payload = writer.Encode();
        byte[] packet = new byte[SmpHeader.SizeBytes + payload.Length];
        var header = new SmpHeader
        {
            Operation = operation,
            Version = version,
            PayloadBytes = (ushort)payload.Length,
            Group = group,
            Sequence = _sequence++,
            Command = command,
        };
        header.Write(packet, 0);
        payload.CopyTo(packet, SmpHeader.SizeBytes);
        return packet;
    }

    public static List<byte> Frame(byte[] packet)
    {
        var encoder = new SmpFrameEncoder();
        encoder.Start(packet, 0, packet.Length, SmpFraming.Console);
        var frame = new List<byte>();
        for (int count = encoder.Next(); count > 0; count = encoder.Next())
        {
            frame.AddRange(encoder.Line.AsSpan(0, count));
        }

        return frame;
    }

    private void Program(SlotId slot, TargetImage image)
        => FactoryProgrammer.Program(Hardware, slot, image.ManifestBytes, image.SignatureArea, image.Blocks);
}
