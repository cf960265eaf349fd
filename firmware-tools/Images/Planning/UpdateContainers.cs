using Twinbank.Images.Containers;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Planning;

/// <summary>One update in the containers that can carry it; at least one of Full and Delta is there.</summary>
/// <param name="Given">The file that the update came in; it names the update in sentences.</param>
/// <param name="Full">The whole new image; null when only a delta is there whose base the host does not know.</param>
/// <param name="Base">The image that runs, with all its blocks; null when the host does not know it.</param>
/// <param name="Delta">From the image that runs to the new one; null when there is none.</param>
public sealed record UpdateContainers(
    ContainerFile Given, ContainerFile? Full, TargetImage? Base, ContainerFile? Delta)
{
    /// <summary>
    /// Makes what is missing, in memory: the delta when the image that runs is among the known ones, and the whole
    /// image when a delta was given whose base is.
    /// </summary>
    /// <param name="given">The new image or a delta to it.</param>
    /// <param name="runningDigest">Manifest digest of the image that runs; null when none does.</param>
    /// <param name="known">Images that the host has.</param>
    /// <param name="progress">Called with the number of blocks done.</param>
    /// <param name="cancellation">Stops between blocks.</param>
    public static UpdateContainers Make(
        ContainerFile given, byte[]? runningDigest, KnownImages known, Action<int>? progress = null,
        CancellationToken cancellation = default)
    {
        TargetImage? running = runningDigest is null ? null : known.Find(runningDigest);
        TargetImage? target = Decode(given, known);
        ContainerFile? full = !given.IsDelta ? given
            : target is null ? null
            : ContainerFile.Parse(given.Subject, FullContainer.Write(target, Codecs.Default, null, cancellation));
        if (given.IsDelta && runningDigest is not null && given.Header.BaseDigest.AsSpan().SequenceEqual(runningDigest))
        {
            return new UpdateContainers(given, full, running, given);
        }

        if (running is null || target is null)
        {
            return new UpdateContainers(given, full, running, null);
        }

        byte[] delta = DeltaContainer.Write(running, target, Codecs.Default, progress, cancellation: cancellation);
        return new UpdateContainers(given, full, running, ContainerFile.Parse(given.Subject, delta));
    }

    /// <summary>What is sent for a strategy that is applicable.</summary>
    public ContainerFile For(UpdateStrategy strategy) => strategy == UpdateStrategy.Full ? Full! : Delta!;

    static TargetImage? Decode(ContainerFile given, KnownImages known)
    {
        TargetImage? from = given.IsDelta ? known.Find(given.Header.BaseDigest) : null;
        return given.IsDelta && from is null
            ? null
            : new ContainerDecoder(Codecs.NewDecoders()).Decode(given, from);
    }
}
