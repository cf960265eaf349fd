using System.Collections.Concurrent;
using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;

namespace Twinbank.Power.Tests.Worlds;

/// <summary>One version of the application in a sweep, with everything that is known about it beforehand.</summary>
internal sealed class SweepImage
{
    /// <summary>Seconds of probation: short, since each trial waits for it on the simulated clock.</summary>
    public const uint ProbationSeconds = 1;

    public const uint TrialBoots = 3;

    static readonly SigningKey s_key = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);
    static readonly ConcurrentDictionary<(string, int, int, Conduct), SweepImage> s_images = new();

    SweepImage(int version, Conduct conduct, TargetImage target)
    {
        Version = version;
        Conduct = conduct;
        Target = target;
        FullContainer = WriteContainer(null);
    }

    public static PublicKey PublicKey => s_key.PublicKey;

    /// <summary>0 the old one in slot B, 1 the one that runs, 2 and 3 the updates, 9 golden.</summary>
    public int Version { get; }

    /// <summary>What it does when it runs.</summary>
    public Conduct Conduct { get; }

    public TargetImage Target { get; }

    public byte[] FullContainer { get; }

    /// <summary>The image of that version; the same call gives the same object.</summary>
    public static SweepImage Get(SweepGeometry geometry, int version, int blocks, Conduct conduct = Conduct.Good)
        => s_images.GetOrAdd(
            (geometry.Name, version, blocks, conduct), _ => Build(geometry, version, blocks, conduct));

    /// <summary>A container that carries nothing that the base has, too.</summary>
    public byte[] WriteDelta(SweepImage baseImage) => WriteContainer(baseImage.Target);

    static SweepImage Build(SweepGeometry geometry, int version, int blocks, Conduct conduct)
    {
        Board board = geometry.DescribeBoard();
        byte[] payload = new byte[(blocks * (int)geometry.DataBytes) - 37];
        for (int block = 0; block < blocks; block++)
        {
            int start = block * (int)geometry.DataBytes;
            int end = Math.Min(start + (int)geometry.DataBytes, payload.Length);
            new Simulation.SeededRandom(SeedOf(version, block)).Fill(payload.AsSpan(start..end));
        }

        TargetImage target = ImageBuilder.Build(new ImageRequest
        {
            Board = board,
            Payload = MemoryImage.Create([new MemorySegment(board.VirtualBase, payload)], null, "sweep"),
            Name = conduct == Conduct.Good ? "good" : "bad",
            Version = new ImageVersion((ushort)version, 0, 0, 0),
            Keys = [s_key],
            PayloadKind = PayloadKind.NativeRam,
            SecurityCounter = (uint)version,
            Probation = new ProbationRequest(ProbationSeconds, TrialBoots),
        });
        return new SweepImage(version, conduct, target);
    }

    // Block 0 is the same in every version (held or unchanged), block 2 is the same as block 1 (duplicate), the others
    // are new in each version (stored).
    static ulong SeedOf(int version, int block) => block == 0 ? 0 : (ulong)((version * 100) + (block == 2 ? 1 : block));

    byte[] WriteContainer(TargetImage? baseImage)
    {
        var carried = new List<CarriedBlock>();
        for (int block = 0; block < Target.Blocks.Count; block++)
        {
            byte[] data = Target.Blocks[block];
            int inBase = baseImage is null ? -1 : Find(baseImage.Blocks, baseImage.Blocks.Count, data);
            int earlier = Find(Target.Blocks, block, data);
            carried.Add(
                inBase >= 0 ? CarriedBlock.Unchanged(inBase)
                : earlier >= 0 ? CarriedBlock.Duplicate(earlier)
                : CarriedBlock.Stored(data));
        }

        return ContainerWriter.Write(Target, carried, baseImage?.ManifestDigest);
    }

    static int Find(IReadOnlyList<byte[]> blocks, int count, byte[] data)
    {
        for (int block = 0; block < count; block++)
        {
            if (blocks[block].AsSpan().SequenceEqual(data))
            {
                return block;
            }
        }

        return -1;
    }
}
