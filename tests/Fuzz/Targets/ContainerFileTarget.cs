using Twinbank.Core.Tests.Rig;
using Twinbank.Errors;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Updates;
using Twinbank.Images.Verifying;

namespace Twinbank.Fuzz.Targets;

/// <summary>
/// A container on the host: parse, check signatures, decode. Whatever is decoded has the hashes it claims.
/// </summary>
internal sealed class ContainerFileTarget : FuzzTarget
{
    public override long AllocatedBytesMax => 64 * 1024 * 1024;

    public override IReadOnlyList<byte[]> Seeds() => [SampleImages.SmallContainer, SampleImages.LargeContainer];

    public override void Repair(byte[] input, Random random) => ContainerRepair.Apply(input, sign: random.Next(2) == 0);

    public override void Run(byte[] input)
    {
        try
        {
            ContainerFile container = ContainerFile.Parse("input", input);
            SignatureCheck.CheckAll(container, [TestDevice.Key.PublicKey]);
            TargetImage image = new ContainerDecoder().Decode(container, baseImage: null);
            Assert.AreEqual(-1, image.FindCorruptBlock());
        }
        catch (FirmwareException refusal)
        {
            Assert.AreNotEqual("", refusal.Remedy);
        }
    }
}
