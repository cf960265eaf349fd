namespace Twinbank.Boards;

/// <summary>What a board can do with an offset table, so that one linked address runs from either slot.</summary>
public enum Translation
{
    /// <summary>Nothing: each block is loaded to RAM at the virtual base.</summary>
    None = 0,

    /// <summary>An address translation unit with windows (RP2350 ATRANS, ESP32 flash MMU).</summary>
    Window = 1,

    /// <summary>One slot is laid over the other, which is hidden meanwhile (i.MX RT1060, LPC55S1x).</summary>
    Overlay = 2,

    /// <summary>The two halves of the flash change places (STM32 dual bank, SAM E5x, EFM32 GG11).</summary>
    SwapHalves = 3,

    /// <summary>Page tables of a memory management unit.</summary>
    MmuPages = 4,

    /// <summary>The agent translates each read; nothing is executed in place.</summary>
    Software = 5,
}
