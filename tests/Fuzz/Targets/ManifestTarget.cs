using Twinbank.Core;
using Twinbank.Core.Format;
using Twinbank.Core.Trust;

namespace Twinbank.Fuzz.Targets;

internal sealed class ManifestTarget : FuzzTarget
{
    public override IReadOnlyList<byte[]> Seeds()
        => [SampleImages.Small.ManifestBytes, SampleImages.Large.ManifestBytes];

    public override void Run(byte[] input)
    {
        var manifest = new Manifest();
        if (manifest.Parse(input, 0, input.Length) != Status.Ok)
        {
            return;
        }

        Assert.AreEqual((uint)input.Length, manifest.ManifestBytes);
        ulong payloadBytes = 0;
        ulong virtualEnd = 0;
        for (int block = 0; block < manifest.BlockCount; block++)
        {
            Assert.IsGreaterThanOrEqualTo(virtualEnd, manifest.BlockVirtualStart(block), "Blocks must not overlap.");
            Assert.IsInRange(1u, manifest.BlockBytes, manifest.BlockDataBytes(block));
            virtualEnd = (ulong)manifest.BlockVirtualStart(block) + manifest.BlockDataBytes(block);
            payloadBytes += manifest.BlockDataBytes(block);
            uint place = OffsetTable.ToSlotOffset(manifest, manifest.VirtualBase + manifest.BlockVirtualStart(block));
            Assert.AreEqual((uint)block * manifest.BlockBytes, place, "The offset table must lead to the block.");
        }

        Assert.IsLessThanOrEqualTo((ulong)manifest.VirtualBytes, virtualEnd);
        Assert.AreEqual(payloadBytes, manifest.PayloadBytes);
        Assert.IsLessThanOrEqualTo(0x100000000ul, (ulong)manifest.VirtualBase + manifest.VirtualBytes);
        TlvRecords.Find(manifest, 1);
        OffsetTable.CheckTranslation(manifest, Translation.MmuPages, 4096);
        OffsetTable.CheckTranslation(manifest, Translation.None, 1);
    }
}
