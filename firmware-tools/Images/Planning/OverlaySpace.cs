using Twinbank.Core.Format;

namespace Twinbank.Images.Planning;

/// <summary>Room for overlays in the running slot (specs/overlay.md).</summary>
/// <param name="TotalBytes">Length of the slot's overlay log.</param>
/// <param name="FreeBytes">What is left behind the last overlay.</param>
/// <param name="Generation">Generation that runs: 0 for a base without overlays.</param>
/// <param name="RamBytes">RAM for blocks that an overlay changes; null when the device did not say.</param>
public sealed record OverlaySpace(long TotalBytes, long FreeBytes, int Generation, long? RamBytes)
{
    const uint HalfBytesMin = 32;

    /// <summary>Grid of the log, and length of a record's head.</summary>
    public static uint StepBytes(uint programUnitBytes) => 2 * Math.Max(HalfBytesMin, programUnitBytes);

    /// <summary>Bytes of the log that a container takes with its head.</summary>
    public static long RecordBytes(uint programUnitBytes, long containerBytes)
    {
        uint step = StepBytes(programUnitBytes);
        return step + RoundUp(containerBytes, step);
    }

    /// <summary>The log of a slot that holds this image and no overlay yet.</summary>
    public static OverlaySpace OfFresh(Manifest manifest, uint programUnitBytes)
    {
        uint step = StepBytes(programUnitBytes);
        long total = Enumerable.Range(0, manifest.BlockCount)
            .Sum(block => Math.Max(0, manifest.BlockBytes - RoundUp(manifest.BlockDataBytes(block), step)));
        return new OverlaySpace(total, total, 0, null);
    }

    static long RoundUp(long count, uint step) => (count + step - 1) / step * step;
}
