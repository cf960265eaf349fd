using Twinbank.Core;
using Twinbank.Core.Checks;
using Twinbank.Core.Flash;
using Twinbank.Core.Format;
using Twinbank.Core.Slots;
using Twinbank.Core.Tests.Rig;

namespace Twinbank.Fuzz.Targets;

/// <summary>A slot with any content: loading and verifying it must refuse, and never read outside.</summary>
internal sealed class StoredImageTarget : FuzzTarget
{
    readonly TestDevice _device = new();
    readonly byte[] _seed;

    public StoredImageTarget()
    {
        _device.Provision(SampleImages.LargeContainer);
        FlashRegion region = _device.Storage.SlotA.Region;
        _seed = new byte[region.SizeBytes];
        Assert.AreEqual(Status.Ok, region.Read(0, _seed, 0, _seed.Length));
        uint usedBytes = TestDevice.Board.Slots.HeaderBytes + SampleImages.Large.Manifest.BlockAreaBytes;
        _seed = _seed[..(int)Math.Min(region.SizeBytes, usedBytes)];
    }

    public override IReadOnlyList<byte[]> Seeds() => [_seed];

    /// <summary>Makes head and table checksums right, so that the tables themselves are read.</summary>
    public override void Repair(byte[] input, Random random)
    {
        const int HeadBytes = 64;
        if (input.Length < HeadBytes)
        {
            return;
        }

        long start = LittleEndian.ReadU32(input, 4);
        long count = (long)LittleEndian.ReadU32(input, 8) + LittleEndian.ReadU32(input, 12);
        if (start + count <= input.Length)
        {
            LittleEndian.WriteU32(input, 16, Crc32C.Compute(input, (int)start, (int)count));
        }

        LittleEndian.WriteU32(input, HeadBytes - 4, Crc32C.Compute(input, 0, HeadBytes - 4));
    }

    public override void Run(byte[] input)
    {
        FlashRegion region = _device.Storage.SlotA.Region;
        int count = (int)Math.Min(input.Length, region.SizeBytes);
        _device.Flash.Preload(region.StartAddress, input.AsSpan(0, count));
        StoredImage reader = _device.Storage.CreateReader();
        if (_device.Storage.Verify(SlotId.A, 0, reader) == Status.Ok)
        {
            CollectionAssert.AreEqual(
                SampleImages.Large.ManifestDigest, reader.ManifestDigest, "An image that nobody signed was accepted.");
        }
        else if (reader.Load(_device.Storage.SlotA) == Status.Ok)
        {
            reader.CheckBlocks();
            _ = TlvRecords.Find(reader.Manifest, 1);
        }
    }
}
