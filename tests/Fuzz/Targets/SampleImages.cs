using Twinbank.Core.Tests.Rig;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;

namespace Twinbank.Fuzz.Targets;

/// <summary>Valid images and containers to start from.</summary>
internal static class SampleImages
{
    public static TargetImage Small { get; } = TestDevice.Image(TestDevice.Payload(300, seed: 1));

    /// <summary>Several blocks, two of them the same, two signatures, all records.</summary>
    public static TargetImage Large { get; } = BuildLarge();

    public static byte[] SmallContainer { get; } = FullContainer.Write(Small);

    public static byte[] LargeContainer { get; } = FullContainer.Write(Large);

    /// <summary>A key of the second kind.</summary>
    public static SigningKey P256Key
        => SigningKey.FromSecret(KeyAlgorithm.EcdsaP256, Enumerable.Repeat((byte)9, 32).ToArray());

    static TargetImage BuildLarge()
    {
        byte[] half = TestDevice.Payload((int)TestDevice.Board.Slots.SectorBytes, seed: 2);
        byte[] payload = [.. half, .. half, .. half[..100]];
        return ImageBuilder.Build(new ImageRequest
        {
            Board = TestDevice.Board,
            Payload = MemoryImage.Create([new MemorySegment(TestDevice.Board.VirtualBase, payload)], null, "test"),
            Name = "app",
            Version = new ImageVersion(1, 2, 3, 4),
            Keys = [TestDevice.Key, P256Key],
            Probation = new ProbationRequest(Seconds: 5, Boots: 2),
            Description = "seed of the fuzz tests",
            MinimumAgent = (1, 0),
        });
    }
}
