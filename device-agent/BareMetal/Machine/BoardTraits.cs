using Twinbank.Core.Trust;

namespace Twinbank.BareMetal.Machine;

/// <summary>Numbers of a board that the portable boot stage needs; the same as in boards/.</summary>
sealed class BoardTraits
{
    internal int HardwareRevision;
    internal Translation Translation;
    internal uint GranuleBytes;
    internal uint SlotHeaderBytes;
    internal uint BlockBytes;

    /// <summary>Read buffer: larger ones verify faster.</summary>
    internal int ScratchBytes;

    /// <summary>Largest manifest with signatures and carrier table; held five times.</summary>
    internal int TablesBytesMax;

    internal int RequestBytesMax;
    internal int RequestCount;
}
