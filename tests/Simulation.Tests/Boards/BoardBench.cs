using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Tests.Boards;

/// <summary>
/// A board of the catalogue on the bench, with the real hash and signature code and nobody on its line.
/// </summary>
internal sealed class BoardBench
{
    static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);

    public BoardBench(string boardId)
    {
        BoardFile = BoardCatalog.BuiltIn.Find(boardId);
        Hardware = SimulatedHardware.FromBoard(BoardFile);
        Board = new SimulatedBoard(Hardware, new SimulatedBoardOptions
        {
            Time = new SimulatedClock(),
            SerialLine = Line,
            Keys = [new TrustedKey((byte)KeyAlgorithm.Ed25519, s_key.PublicKey.Raw.ToArray())],
            NewAgent = (_, _, _) => new QuietAgent(),
            Applications = PlayedApplication.Run,
            StopsWhenStuck = true,
            LifeTimeMax = TimeSpan.FromMinutes(1),
        });
    }

    public Board BoardFile { get; }

    public SimulatedHardware Hardware { get; }

    public SimulatedBoard Board { get; }

    public RecordingConsole Line { get; } = new();

    /// <summary>Puts an application into a slot, as the factory does.</summary>
    public TargetImage Program(SlotId slot, ApplicationBehaviour behaviour, ushort version, int payloadBytes = 5000)
    {
        byte[] payload = PlayedApplication.Build(behaviour, $"demo {version}", payloadBytes, version);
        TargetImage image = ImageBuilder.Build(new ImageRequest
        {
            Board = BoardFile,
            Payload = MemoryImage.Create([new MemorySegment(BoardFile.VirtualBase, payload)], null, "bench"),
            PayloadKind = BoardFile.Payloads.Contains(PayloadKind.NativeXip)
                ? PayloadKind.NativeXip
                : PayloadKind.NativeRam,
            Name = "demo",
            Version = new ImageVersion(version, 0, 0, 0),
            Keys = [s_key],
        });
        FactoryProgrammer.Program(Hardware, slot, image.ManifestBytes, image.SignatureArea, image.Blocks);
        return image;
    }
}
