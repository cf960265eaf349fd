using Twinbank.Boards;
using Twinbank.Core.Flash;
using Twinbank.Core.Format;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Overlays;

/// <summary>
/// Five versions of one image that differ in a few bytes, and a part that has room for overlays. Version 4 faults in
/// its trial; all others are good.
/// </summary>
internal sealed class OverlayWorld
{
    public const int BadVersion = 4, LastVersion = 5;

    const int Blocks = 3;

    static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);

    readonly TargetImage[] _images;
    readonly Dictionary<(int From, int To), byte[]> _deltas = [];

    public OverlayWorld(SweepGeometry geometry)
    {
        Geometry = geometry;
        Part = new NorGeometry(
            geometry.Name, geometry.UnitBytes, geometry.IsWriteOnce,
            new SectorGroup(geometry.SectorBytes, geometry.SizeBytes / geometry.SectorBytes));
        _images = [.. Enumerable.Range(1, LastVersion).Select(version => Build(geometry, version))];
        foreach ((int from, int to) in new[] { (1, 2), (2, 3), (3, BadVersion), (3, LastVersion) })
        {
            _deltas[(from, to)] = DeltaContainer.Write(Image(from), Image(to), Codecs.Default);
        }
    }

    /// <summary>Every rule of a real part, with blocks large enough for two overlays.</summary>
    public static IReadOnlyList<SweepGeometry> Geometries { get; } =
    [
        new("overlay-s256-u4", 256, 4, false, 1024, 4096),
        new("overlay-s512-u8-once", 512, 8, true, 1024, 4096),
        new("overlay-s1024-u32-once", 1024, 32, true, 1024, 4096),
        new("overlay-s512-u512-once", 512, 512, true, 2048, 8192),
        new("overlay-s4096-u2", 4096, 2, false, 4096, 4096),
    ];

    public static PublicKey PublicKey => s_key.PublicKey;

    public SweepGeometry Geometry { get; }

    public NorGeometry Part { get; }

    public TargetImage Image(int version) => _images[version - 1];

    public byte[] Delta(int from, int to) => _deltas[(from, to)];

    /// <summary>The version whose blocks these are, or 0.</summary>
    public int VersionOf(IReadOnlyList<byte[]> blocks)
    {
        for (int version = 1; version <= LastVersion; version++)
        {
            IReadOnlyList<byte[]> expected = Image(version).Blocks;
            if (expected.Count == blocks.Count && expected.Zip(blocks).All(pair => pair.First.AsSpan()
                .SequenceEqual(pair.Second)))
            {
                return version;
            }
        }

        return 0;
    }

    /// <summary>A part as it leaves the factory: version 1 in A and in golden, nothing in B, no journal.</summary>
    public FlashSnapshot MakeFactoryState()
    {
        var flash = new StrictNorFlash(Part);
        foreach (int slot in new[] { 0, 2 })
        {
            TargetImage image = Image(1);
            var region = new FlashRegion(flash, Geometry.SlotAddress(slot), Geometry.SlotBytes);
            flash.Preload(
                region.StartAddress,
                FactoryProgrammer.Lay(
                    region, Geometry.HeaderBytes, image.ManifestBytes, image.SignatureArea, image.Blocks));
        }

        return flash.Snapshot();
    }

    static TargetImage Build(SweepGeometry geometry, int version)
    {
        Board board = geometry.DescribeBoard();
        byte[] payload = new byte[(Blocks * (int)geometry.DataBytes) - 37];
        new Simulation.SeededRandom(1).Fill(payload);
        for (int change = 2; change <= version; change++)
        {
            payload[(int)geometry.DataBytes + (50 * change)] ^= 0x3C;
            payload[^(40 * change)] ^= 0xC3;
        }

        return ImageBuilder.Build(new ImageRequest
        {
            Board = board,
            Payload = MemoryImage.Create([new MemorySegment(board.VirtualBase, payload)], null, "sweep"),
            Name = "overlay",
            Version = new ImageVersion((ushort)version, 0, 0, 0),
            Keys = [s_key],
            PayloadKind = PayloadKind.NativeRam,
            Probation = new ProbationRequest(SweepImage.ProbationSeconds, SweepImage.TrialBoots),
        });
    }
}
