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
    /// <param name="symbols">What the ELF files say about both images; without them the bytes must do.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static byte[] Write(
        TargetImage baseImage, TargetImage target, RecipeCodec codec, Action<int>? progress = null,
        DeltaSymbols? symbols = null, CancellationToken cancellation = default)
    {
        var carried = new CarriedBlock[target.Blocks.Count];
        List<int> encoded = FindCopies(baseImage, target, carried);
        progress?.Invoke(carried.Length - encoded.Count);
        if (encoded.Count == 0)
        {
            return ContainerWriter.Write(target, carried, baseImage.ManifestDigest);
        }

        var withMap = RecipeBase.Prepare(
            CodeImageOf(baseImage, symbols?.Base), CodeImageOf(target, symbols?.Target));
        byte[] smallest = Encode(withMap);
        int recipeBytes = (int)ContainerFile.Parse("the delta", smallest).Header.PayloadBytes;
        if (withMap.MapMayNotPay(recipeBytes))
        {
            // A map costs bytes, too: what changed little may be cheaper without one.
            byte[] other = Encode(new RecipeBase(baseImage.JoinPayload()));
            smallest = other.Length < smallest.Length ? other : smallest;
        }

        progress?.Invoke(carried.Length);
        return smallest;

        byte[] Encode(RecipeBase over)
        {
            CarriedBlock[] blocks = [.. carried];
            int done = carried.Length - encoded.Count;
            Parallel.ForEach(encoded, new ParallelOptions { CancellationToken = cancellation }, block =>
            {
                blocks[block] = BlockCarrier.Smallest(
                    target.Blocks[block], codec, over, baseImage.Manifest.BlockPayloadOffset(block),
                    (int)target.Manifest.BlockPayloadOffset(block));
                progress?.Invoke(Math.Min(Interlocked.Increment(ref done), carried.Length - 1));
            });
            return ContainerWriter.Write(target, blocks, baseImage.ManifestDigest, over.MapBytes);
        }
    }

    // Fills in the blocks that are somewhere on the device already; gives the others.
    static List<int> FindCopies(TargetImage baseImage, TargetImage target, CarriedBlock[] carried)
    {
        var inBase = new DuplicateFinder();
        for (int block = 0; block < baseImage.Blocks.Count; block++)
        {
            inBase.FindOrAdd(block, baseImage.Blocks[block]);
        }

        var inTarget = new DuplicateFinder();
        var encoded = new List<int>();
        for (int block = 0; block < carried.Length; block++)
        {
            byte[] data = target.Blocks[block];
            bool stays = block < baseImage.Blocks.Count && data.AsSpan().SequenceEqual(baseImage.Blocks[block]);
            int baseBlock = stays ? block : inBase.Find(data);
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

        return encoded;
    }

    // Data areas laid end to end: where buffer areas lie between them, addresses are off by those, which costs hits.
    static CodeImage CodeImageOf(TargetImage image, IReadOnlyList<CodeSymbol>? symbols)
        => new(image.JoinPayload(), image.Manifest.VirtualBase + image.Manifest.BlockVirtualStart(0), symbols ?? []);
}
