using Twinbank.Deltas;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Updates;

/// <summary>
/// Makes a container that brings a device from one image to another. It carries the target's own manifest and
/// signatures, so no key is needed, and the device checks the target rather than the recipe.
/// </summary>
public static class DeltaContainer
{
    /// <param name="baseImage">What the device runs.</param>
    /// <param name="target">What it is to run.</param>
    /// <param name="codec">Makes the recipes.</param>
    /// <param name="progress">Called with the number of blocks done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static byte[] Write(
        TargetImage baseImage, TargetImage target, RecipeCodec codec, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var inBase = new DuplicateFinder();
        var baseOffsets = new List<uint>();
        uint payloadOffset = 0;
        for (int block = 0; block < baseImage.Blocks.Count; block++)
        {
            inBase.FindOrAdd(block, baseImage.Blocks[block]);
            baseOffsets.Add(payloadOffset);
            payloadOffset += (uint)baseImage.Blocks[block].Length;
        }

        var inTarget = new DuplicateFinder();
        var carried = new CarriedBlock[target.Blocks.Count];
        var encoded = new List<int>();
        for (int block = 0; block < carried.Length; block++)
        {
            byte[] data = target.Blocks[block];
            int baseBlock = inBase.Find(data);
            int earlier = inTarget.FindOrAdd(block, data);
            if (baseBlock >= 0)
            {
                carried[block] = CarriedBlock.Unchanged(baseBlock);
            }
            else if (earlier >= 0)
            {
                carried[block] = CarriedBlock.Duplicate(earlier);
            }
            else
            {
                encoded.Add(block);
            }
        }

        int done = carried.Length - encoded.Count;
        progress?.Invoke(done);
        var index = new BaseIndex(baseImage.JoinPayload());
        Parallel.ForEach(encoded, new ParallelOptions { CancellationToken = cancellation }, block =>
        {
            uint baseOffset = block < baseOffsets.Count ? baseOffsets[block] : 0;
            carried[block] = BlockCarrier.Smallest(target.Blocks[block], codec, index, baseOffset);
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return ContainerWriter.Write(target, carried, baseImage.ManifestDigest);
    }
}
