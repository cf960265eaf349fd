using System.Collections.Concurrent;
using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Simulation.Boards;

namespace Twinbank.Flashing.Tests.Bench;

/// <summary>An application of the simulated board with its containers.</summary>
internal sealed record TestImage(TargetImage Target)
{
    public static SigningKey Key { get; } = SigningKey.FromSecret(KeyAlgorithm.Ed25519, new byte[32]);

    public static SigningKey OtherKey { get; } =
        SigningKey.FromSecret(KeyAlgorithm.Ed25519, [.. Enumerable.Repeat((byte)1, 32)]);

    public static Board Board { get; } = BoardCatalog.BuiltIn.Find("sim-nor.1k-u4");

    /// <summary>All blocks stored.</summary>
    public ContainerFile Full => ContainerFile.Parse(
        "app.fwi", ContainerWriter.Write(Target, [.. Target.Blocks.Select(CarriedBlock.Stored)], null));

    /// <summary>Builds version n: block 0 differs from other versions, the others are the same when the seed
    /// is.</summary>
    public static TestImage Build(
        int version, ApplicationBehaviour behaviour = ApplicationBehaviour.Good, int payloadBytes = 20_000,
        ulong seed = 7, Func<ImageRequest, ImageRequest>? change = null)
    {
        var request = new ImageRequest
        {
            Board = Board,
            Payload = MemoryImage.Create(
                [new MemorySegment(
                    Board.VirtualBase, PlayedApplication.Build(behaviour, $"demo {version}", payloadBytes, seed))],
                null, "test"),
            PayloadKind = PayloadKind.NativeRam,
            Name = "demo",
            Version = new ImageVersion((ushort)version, 0, 0, 0),
            Keys = [Key],
            Probation = new ProbationRequest(0, 2),
        };
        return new TestImage(ImageBuilder.Build(change is null ? request : change(request)));
    }

    /// <summary>Carries what the base does not hold.</summary>
    public ContainerFile Delta(TestImage baseImage)
    {
        var carried = new List<CarriedBlock>();
        for (int block = 0; block < Target.Blocks.Count; block++)
        {
            bool same = block < baseImage.Target.Blocks.Count
                && Target.Blocks[block].AsSpan().SequenceEqual(baseImage.Target.Blocks[block]);
            carried.Add(same ? CarriedBlock.Unchanged(block) : CarriedBlock.Stored(Target.Blocks[block]));
        }

        return ContainerFile.Parse(
            "delta.fwi", ContainerWriter.Write(Target, carried, baseImage.Target.ManifestDigest));
    }
}
