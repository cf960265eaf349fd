namespace Twinbank.Simulation.Power;

/// <summary>
/// What an operation that the power cut hits leaves in the flash. The numbers stand in printed case ids.
/// </summary>
public enum CutShape
{
    /// <summary>The power goes before the operation: nothing of it happened.</summary>
    Before = 0,
    /// <summary>The power goes after the operation: it is complete, but its caller never hears of it.</summary>
    After = 1,
    /// <summary>
    /// Program: the first bytes are there, the rest is untouched. Erase: the head of the sector is erased.
    /// </summary>
    Prefix = 2,
    /// <summary>Program: a random part of the bits is cleared. Erase: a random part of the zero bits is set.</summary>
    RandomBits = 3,
    /// <summary>Program: one whole unit is untouched, all others are there. Erase: only the tail is erased.</summary>
    Hole = 4,
    /// <summary>Erase: every bit of the sector is random. Program: as <see cref="RandomBits"/>.</summary>
    Noise = 5,
    /// <summary>
    /// Parts with ECC only: the touched units answer ReadFailed until the next erase (STM32L4 RM0351, section 3.3.2:
    /// a double error raises NMI). On other parts as <see cref="RandomBits"/>.
    /// </summary>
    Unreadable = 6,
}
