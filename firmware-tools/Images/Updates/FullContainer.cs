using Twinbank.Deltas;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Updates;

/// <summary>Makes a container that needs no base.</summary>
public static class FullContainer
{
    /// <param name="image">The image.</param>
    /// <param name="codec">Compresses each block where that is smaller; null stores all of them.</param>
    /// <param name="progress">Called with the number of blocks done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static byte[] Write(
        TargetImage image, RecipeCodec? codec = null, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        var duplicates = new DuplicateFinder();
        var carried = new CarriedBlock[image.Blocks.Count];
        var distinct = new List<int>();
        for (int block = 0; block < carried.Length; block++)
        {
            int earlier = duplicates.FindOrAdd(block, image.Blocks[block]);
            if (earlier >= 0)
            {
                carried[block] = CarriedBlock.Duplicate(earlier);
            }
            else
            {
                distinct.Add(block);
            }
        }

        int done = carried.Length - distinct.Count;
        Parallel.ForEach(distinct, new ParallelOptions { CancellationToken = cancellation }, block =>
        {
            carried[block] = BlockCarrier.Smallest(image.Blocks[block], codec);
            progress?.Invoke(Interlocked.Increment(ref done));
        });
        return ContainerWriter.Write(image, carried, baseDigest: null);
    }
}
