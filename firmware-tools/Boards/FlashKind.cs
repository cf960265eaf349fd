namespace Twinbank.Boards;

/// <summary>How the flash is reached and programmed: which driver it needs.</summary>
public enum FlashKind
{
    /// <summary>The chip's own flash, memory mapped.</summary>
    OnChip = 1,

    /// <summary>Parallel NOR with the Common Flash Interface, memory mapped.</summary>
    CfiNor = 2,

    /// <summary>Serial NOR behind an SPI controller.</summary>
    SpiNor = 3,

    /// <summary>The strict NOR simulator in the process of the tool.</summary>
    Simulated = 4,
}
