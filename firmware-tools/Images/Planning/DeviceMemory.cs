using Twinbank.Core.Format;
using Twinbank.Core.Recipes;
using Twinbank.Images.Containers;
using Twinbank.Images.Updates;

namespace Twinbank.Images.Planning;

/// <summary>Memory that a device needs for an update, counted from the device's own code.</summary>
static class DeviceMemory
{
    // One program operation, unless the program unit is larger (Installer).
    const int PieceBytesMin = 256;

    static readonly Lazy<long> s_decoderBytes = new(CountDecoders);

    /// <summary>Tables, one piece, and the decoders if the container has recipes or compressed blocks.</summary>
    internal static long ToInstall(ContainerFile container, PlanGeometry geometry)
    {
        bool decodes = Enumerable.Range(0, container.Manifest.BlockCount).Any(block => IsDecoded(container, block));
        return container.Header.TablesBytes + Math.Max(PieceBytesMin, geometry.ProgramUnitBytes)
            + (decodes ? s_decoderBytes.Value : 0);
    }

    /// <summary>Besides, for an overlay: each changed block, rounded up to the granule (specs/overlay.md).</summary>
    internal static long ToCompose(ContainerFile container, uint granuleBytes)
        => Enumerable.Range(0, container.Manifest.BlockCount)
            .Where(block => container.Carriers.Method(block) != CarrierMethod.Unchanged)
            .Sum(block => RoundUp(container.Manifest.BlockDataBytes(block), granuleBytes));

    static bool IsDecoded(ContainerFile container, int block)
        => container.Carriers.Method(block) is CarrierMethod.Recipe or CarrierMethod.Compressed;

    static long RoundUp(long count, uint granule) => (count + granule - 1) / granule * granule;

    // The device allocates its decoders once, in their constructors; the same constructors run here.
    static long CountDecoders()
    {
        RecipeDecoder[] first = Codecs.NewDecoders();
        long before = GC.GetAllocatedBytesForCurrentThread();
        RecipeDecoder[] counted = Codecs.NewDecoders();
        long after = GC.GetAllocatedBytesForCurrentThread();
        GC.KeepAlive(first);
        GC.KeepAlive(counted);
        return after - before;
    }
}
