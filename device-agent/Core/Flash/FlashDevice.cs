namespace Twinbank.Core.Flash;

/// <summary>
/// One flash memory under NOR rules: reads anywhere, programming only clears bits (1 to 0) in whole program units,
/// erasing sets a whole sector to 0xFF. Addresses count from the start of the device, in bytes.
/// </summary>
/// <remarks>
/// Every call is complete when it returns. After power loss inside <see cref="Program"/> or <see cref="EraseSector"/>
/// the touched units or sector hold any mix of old and new bits; callers must survive that (invariant I1).
/// </remarks>
public abstract class FlashDevice
{
    /// <summary>Size of the whole device in bytes.</summary>
    public abstract uint SizeBytes { get; }

    /// <summary>Size in bytes of the sector (erase unit) that holds the address. A power of two.</summary>
    public abstract uint SectorBytesAt(uint address);

    /// <summary>Smallest legal program, and the alignment of each: 1 to 512 bytes, a power of two.</summary>
    public abstract uint ProgramUnitBytes { get; }

    /// <summary>
    /// True for parts with ECC: a program unit may be programmed once between erases, not even with fewer bits set.
    /// </summary>
    public abstract bool UnitsAreWriteOnce { get; }

    /// <summary>
    /// Reads <paramref name="count"/> bytes. Gives Ok, OutOfRange or ReadFailed (for example an ECC error).
    /// </summary>
    public abstract Status Read(uint address, byte[] buffer, int offset, int count);

    /// <summary>
    /// Programs whole units. Gives Ok, OutOfRange, Misaligned, NotErased, ProgramFailed, WriteProtected or Timeout.
    /// </summary>
    public abstract Status Program(uint address, byte[] data, int offset, int count);

    /// <summary>
    /// Erases the sector that starts at the address. Gives Ok, OutOfRange, Misaligned, EraseFailed or Timeout.
    /// </summary>
    public abstract Status EraseSector(uint address);
}
