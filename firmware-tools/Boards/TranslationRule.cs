using Twinbank.Core.Trust;

namespace Twinbank.Boards;

/// <summary>A translation with its numbers.</summary>
/// <param name="Kind">Which mechanism.</param>
/// <param name="GranuleBytes">
/// Extents start and end at multiples of this, virtually and physically: a power of two. 1 where any byte will do.
/// </param>
/// <param name="ExtentCountMax">Extents the mechanism can hold at a time; 1 for overlay and swapHalves.</param>
public sealed record TranslationRule(Translation Kind, uint GranuleBytes, int ExtentCountMax)
{
    /// <summary>Extents a page table or software can hold: no limit of the mechanism.</summary>
    public const int ExtentCountUnlimited = int.MaxValue;

    /// <summary>True when code runs where it lies in flash, false when it has to be copied to RAM first.</summary>
    public bool ExecutesInPlace => Kind is not (Translation.None or Translation.Software);

    /// <summary>True when the address or size is a multiple of the granule.</summary>
    public bool IsAligned(uint addressOrBytes) => addressOrBytes % GranuleBytes == 0;
}
