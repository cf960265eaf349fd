using Twinbank.Images.Containers;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Planning;

/// <summary>One update in the containers that can carry it.</summary>
/// <param name="Full">The whole new image.</param>
/// <param name="Base">The image that runs, with all its blocks; null when the host does not know it.</param>
/// <param name="Delta">From that image to the new one; null without a base.</param>
public sealed record UpdateContainers(ContainerFile Full, TargetImage? Base, ContainerFile? Delta)
{
    /// <summary>Makes the delta in memory when the image that runs is among the known ones.</summary>
    /// <param name="full">The new image.</param>
    /// <param name="runningDigest">Manifest digest of the image that runs; null when none does.</param>
    /// <param name="known">Images that the host has.</param>
    /// <param name="progress">Called with the number of blocks done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static UpdateContainers Make(
        ContainerFile full, byte[]? runningDigest, KnownImages known, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        TargetImage? running = runningDigest is null ? null : known.Find(runningDigest);
        if (running is null)
        {
            return new UpdateContainers(full, null, null);
        }

        TargetImage target = new ContainerDecoder(Codecs.NewDecoders()).Decode(full, null);
        byte[] delta = DeltaContainer.Write(running, target, Codecs.Default, progress, cancellation);
        return new UpdateContainers(full, running, ContainerFile.Parse(full.Subject, delta));
    }
}
