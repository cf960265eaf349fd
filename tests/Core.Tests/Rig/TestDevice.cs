using System.Text;
using Twinbank.Boards;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Core.Trust;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Simulation.Flash;

namespace Twinbank.Core.Tests.Rig;

/// <summary>
/// Board sim-nor with strict flash and the core on it, without a boot stage: the test is the boot stage.
/// </summary>
sealed class TestDevice
{
    internal static readonly SigningKey Key = KeyOf(7);
    internal static readonly SigningKey Stranger = KeyOf(8);
    internal static readonly Board Board = BoardCatalog.BuiltIn.Find("sim-nor");

    internal TestDevice(uint composeBytes = 256 * 1024)
    {
        SlotGeometry slots = Board.Slots;
        Flash = new StrictNorFlash(new NorGeometry(
            "test", slots.ProgramUnitBytes, slots.UnitsAreWriteOnce,
            new SectorGroup(slots.SectorBytes, Board.SlotB.Bank.SizeBytes / slots.SectorBytes)));
        Identity = new DeviceIdentity
        {
            HardwareRevision = 0,
            Translation = Board.Translation.Kind,
            TranslationGranuleBytes = Board.Translation.GranuleBytes,
            AgentMajor = 1,
        };
        Encoding.ASCII.GetBytes(Board.Id).CopyTo(Identity.BoardId, 0);
        var trust = new TrustStore(new HostDigest(), [new HostSignature()]);
        Assert.AreEqual(Status.Ok, trust.AddKey(1, Key.PublicKey.Raw.ToArray()));
        Storage = new DeviceStorage(
            Identity, new BootJournal(RegionOf(Board.Journal)), SlotOf(SlotId.A, Board.SlotA),
            SlotOf(SlotId.B, Board.SlotB),
            Board.Golden is { } golden ? SlotOf(SlotId.Golden, golden) : null, trust, new HostDigest(), 1024, 8192);
        if (composeBytes > 0)
        {
            Storage.OfferComposing(
                new Simulation.Boards.SimulatedMemory(composeBytes), Codecs.NewDecoders(), Codecs.NewDecoders());
        }

        Control = new ImageControl(Storage);
        Installer = new Installer(Storage, Codecs.NewDecoders());
        Assert.AreEqual(Status.Ok, Storage.Journal.Mount());
    }

    internal StrictNorFlash Flash { get; }

    internal DeviceIdentity Identity { get; }

    internal DeviceStorage Storage { get; }

    internal ImageControl Control { get; }

    internal Installer Installer { get; }

    internal static byte[] Payload(int size, int seed)
    {
        byte[] data = new byte[size];
        new Random(seed).NextBytes(data);
        return data;
    }

    internal static TargetImage Image(byte[] payload, int minor = 0, Func<ImageRequest, ImageRequest>? change = null)
    {
        var request = new ImageRequest
        {
            Board = Board,
            Payload = MemoryImage.Create([new MemorySegment(Board.VirtualBase, payload)], null, "test"),
            Name = "app",
            Version = new ImageVersion(1, (ushort)minor, 0, 0),
            Keys = [Key],
        };
        return ImageBuilder.Build(change == null ? request : change(request));
    }

    /// <summary>Feeds a container as an upload would: in pieces, jumping where the device says so.</summary>
    internal Status Feed(byte[] container, int pieceBytes = 300)
    {
        while (Installer.Phase is InstallPhase.Header or InstallPhase.Tables or InstallPhase.Blocks
            && Installer.NextOffset < container.Length)
        {
            int at = (int)Installer.NextOffset;
            Status status = Installer.Accept(container, at, Math.Min(pieceBytes, container.Length - at));
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Installer.Phase == InstallPhase.Complete ? Status.Ok : Status.NeedMoreData;
    }

    internal Status Install(byte[] container, int pieceBytes = 300)
    {
        Status status = Installer.Begin(insist: false);
        return status == Status.Ok ? Feed(container, pieceBytes) : status;
    }

    /// <summary>An empty device gets its first image, as in recovery.</summary>
    internal void Provision(byte[] container)
    {
        Storage.NothingBootable = true;
        Assert.AreEqual(Status.Ok, Install(container));
        Assert.AreEqual(Status.Ok, Control.RequestTrial(SlotId.A, 0, insist: false));
        Storage.NothingBootable = false;
        Assert.AreEqual(JournalState.Confirmed, Storage.Journal.Current.State);
    }

    static SigningKey KeyOf(byte value)
        => SigningKey.FromSecret(KeyAlgorithm.Ed25519, Enumerable.Repeat(value, 32).ToArray());

    FlashRegion RegionOf(Region region) => new(Flash, region.StartAddress, region.SizeBytes);

    Slot SlotOf(SlotId id, Region region) => new(id, RegionOf(region), Board.Slots.HeaderBytes);
}
