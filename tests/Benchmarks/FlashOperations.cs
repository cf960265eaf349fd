using System.Globalization;
using Twinbank.Boards;
using Twinbank.Core;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Crypto;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;
using Twinbank.Testing;

namespace Twinbank.Benchmarks;

/// <summary>What an update of the C sample costs the flash, from its first byte to the complete slot.</summary>
internal sealed class FlashOperations : Benchmark
{
    const int PieceBytes = 512;

    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)7, 32).ToArray());

    public override string Name => "flash";

    public override string Explanation
        => "`hello-newlib` 1.0.0 runs from slot A and is updated to 1.1.0, on strict flash with the board's geometry. "
            + "Erases are sectors, programs are calls of the driver, journal included.";

    public override IEnumerable<Measure> Run()
        => new[] { "qemu-virt", "emcraft-sf2" }.SelectMany(RunBoard).Concat(RunSectors());

    static IEnumerable<Measure> RunBoard(string boardId)
    {
        Board board = BoardCatalog.FromFolder(RepositoryRoot.Combine("boards")).Find(boardId);
        string folder = RepositoryRoot.Combine($"artifacts/samples/{boardId}");
        if (!File.Exists(Path.Combine(folder, "hello-newlib-1.1.0.elf")))
        {
            return [new Measure($"{boardId}", "not built here: run scripts/build-samples.sh")];
        }

        TargetImage running = Build(board, Path.Combine(folder, "hello-newlib-1.0.0.elf"), minor: 0);
        TargetImage next = Build(board, Path.Combine(folder, "hello-newlib-1.1.0.elf"), minor: 1);
        SimulatedHardware hardware = SimulatedHardware.FromBoard(board);
        DeviceStorage storage = Assemble(hardware);
        FactoryProgrammer.Program(hardware, SlotId.A, running.ManifestBytes, running.SignatureArea, running.Blocks);
        var record = new JournalRecord();
        JournalTransitions.Rebuilt(SlotId.A, 0, running.ManifestDigest, securityCounter: 0, record);
        Expect(storage.Journal.Mount());
        Expect(storage.Journal.Append(record));
        byte[] delta = DeltaContainer.Write(running, next, Codecs.Default);
        return
        [
            .. board.Translation.Kind is Translation.MmuPages
                ? new[] { Update(boardId, "overlay", hardware, storage, delta, isOverlay: true) }
                : [],
            Update(boardId, "full update into an empty slot", hardware, storage, FullContainer.Write(next)),
            Update(boardId, "the same once more: every block is kept", hardware, storage, FullContainer.Write(next)),
        ];
    }

    // The size that peers publish numbers for: an image of 62 sectors, all of them new, then the way back.
    static IEnumerable<Measure> RunSectors()
    {
        Board board = BoardCatalog.FromFolder(RepositoryRoot.Combine("boards")).Find("sim-nor");
        TargetImage running = Noise(board, version: 1);
        TargetImage next = Noise(board, version: 2);
        SimulatedHardware hardware = SimulatedHardware.FromBoard(board);
        DeviceStorage storage = Assemble(hardware);
        FactoryProgrammer.Program(hardware, SlotId.A, running.ManifestBytes, running.SignatureArea, running.Blocks);
        FactoryProgrammer.Program(hardware, SlotId.B, running.ManifestBytes, running.SignatureArea, running.Blocks);
        var record = new JournalRecord();
        JournalTransitions.Rebuilt(SlotId.A, 0, running.ManifestDigest, securityCounter: 0, record);
        Expect(storage.Journal.Mount());
        Expect(storage.Journal.Append(record));
        yield return Update(
            "sim-nor", "62 sectors, all new, tried and reverted", hardware, storage, FullContainer.Write(next),
            isOverlay: false, reverts: true);
    }

    static TargetImage Noise(Board board, int version)
    {
        const int SectorCount = 62;
        SlotGeometry slots = board.Slots;
        int blocks = SectorCount * (int)slots.SectorBytes / (int)slots.BlockBytes;
        byte[] payload = new byte[blocks * (int)(slots.BlockBytes - slots.BufferBytes)];
        new Random(version).NextBytes(payload);
        return ImageBuilder.Build(new ImageRequest
        {
            Board = board,
            Payload = MemoryImage.Create([new MemorySegment(board.VirtualBase, payload)], null, "noise"),
            PayloadKind = Core.Format.PayloadKind.Data,
            Name = "noise",
            Version = new ImageVersion(1, (ushort)version, 0, 0),
            Keys = [s_key],
        });
    }

    static TargetImage Build(Board board, string path, ushort minor)
        => ImageBuilder.Build(new ImageRequest
        {
            Board = board,
            Payload = PayloadReader.Read(path, new PayloadReadOptions()),
            Name = "hello-newlib",
            Version = new ImageVersion(1, minor, 0, 0),
            Keys = [s_key],
        });

    static DeviceStorage Assemble(SimulatedHardware hardware)
    {
        var sha256 = new Sha256();
        var trust = new TrustStore(sha256, [new Ed25519Verifier()]);
        Expect(trust.AddKey((byte)KeyAlgorithm.Ed25519, s_key.PublicKey.Raw.ToArray()));
        uint header = hardware.SlotHeaderBytes;
        var storage = new DeviceStorage(
            hardware.Identity, new BootJournal(hardware.Journal), new Slot(SlotId.A, hardware.SlotA, header),
            new Slot(SlotId.B, hardware.SlotB, header), golden: null, trust, sha256, scratchBytes: 1024,
            tablesBytesMax: 16 * 1024);
        if (hardware.Identity.Translation is Translation.MmuPages)
        {
            storage.OfferComposing(
                new SimulatedMemory(16 * 1024 * 1024), Codecs.NewDecoders(), Codecs.NewDecoders());
        }

        return storage;
    }

    /// <summary>Feeds the container as an upload does: the device says where it wants to go on.</summary>
    static Measure Update(
        string boardId, string what, SimulatedHardware hardware, DeviceStorage storage, byte[] container,
        bool isOverlay = false, bool reverts = false)
    {
        foreach (StrictNorFlash part in hardware.Parts)
        {
            part.Counters.Clear();
        }

        var installer = new Installer(storage, Codecs.NewDecoders());
        Expect(installer.Begin(insist: true, isOverlay));
        int wireBytes = 0;
        while (installer.Phase != InstallPhase.Complete)
        {
            int at = (int)installer.NextOffset;
            int count = Math.Min(PieceBytes, container.Length - at);
            Expect(installer.Accept(container, at, count));
            wireBytes += count;
        }

        if (reverts)
        {
            var record = new JournalRecord();
            var control = new ImageControl(storage);
            Expect(control.RequestTrial(installer.TargetSlot, installer.TargetGeneration, insist: true));
            Expect(control.EndTrial(FailureReason.Requested, 0));
            Expect(JournalTransitions.Reverted(
                storage.Journal.Current, FailureReason.Requested, Status.Ok, 0, record));
            Expect(storage.Journal.Append(record));
        }

        long erases = hardware.Parts.Sum(part => part.Counters.EraseCalls);
        long programs = hardware.Parts.Sum(part => part.Counters.ProgramCalls);
        long programmedBytes = hardware.Parts.Sum(part => part.Counters.ProgrammedBytes);
        (string aim, bool isMet) = isOverlay
            ? ("0 erases, 1.1 x its bytes programmed", erases == 0 && programmedBytes <= 1.1 * container.Length)
            : reverts ? ("at most 66 erases", erases <= 66)
            : ("", true);
        return new Measure($"{boardId}: {what}", string.Create(CultureInfo.InvariantCulture,
            $"{wireBytes:N0} bytes sent, {erases} erases, {programs:N0} programs, {programmedBytes:N0} bytes programmed"),
            "", aim, isMet);
    }

    static void Expect(Status status)
    {
        if (status != Status.Ok)
        {
            throw new InvalidOperationException($"The simulated device answered {status}.");
        }
    }
}
