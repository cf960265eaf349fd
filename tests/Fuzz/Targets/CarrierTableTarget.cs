using Twinbank.Core;
using Twinbank.Core.Format;

namespace Twinbank.Fuzz.Targets;

internal sealed class CarrierTableTarget : FuzzTarget
{
    readonly ContainerHeader _header = new();

    public CarrierTableTarget() => _header.Read(SampleImages.LargeContainer, 0, SampleImages.LargeContainer.Length);

    public override IReadOnlyList<byte[]> Seeds()
    {
        int start = (int)(ContainerHeader.SizeBytes + _header.ManifestBytes + _header.SignatureAreaBytes);
        return [SampleImages.LargeContainer[start..(int)_header.PayloadStart]];
    }

    public override void Run(byte[] input)
    {
        Manifest manifest = SampleImages.Large.Manifest;
        var table = new CarrierTable();
        if (table.Parse(input, 0, input.Length, manifest, _header) != Status.Ok)
        {
            return;
        }

        for (int block = 0; block < manifest.BlockCount; block++)
        {
            ulong end = (ulong)table.PayloadOffset(block) + table.PayloadBytes(block);
            Assert.IsLessThanOrEqualTo((ulong)_header.PayloadBytes, end, "Carried bytes must lie inside the payload.");
        }
    }
}
