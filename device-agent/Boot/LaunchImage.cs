using Twinbank.Core.Flash;

namespace Twinbank.Boot;

/// <summary>
/// An image that is to run: where its bytes lie in a slot and where the CPU has to see them. Filled in place by the
/// boot stage, which allocates one at start-up.
/// </summary>
public sealed class LaunchImage
{
    /// <summary>Extents a platform takes; the format allows no more (specs/image.md).</summary>
    public const int ExtentCountMax = 32;

    /// <summary>The slot's region in its flash device.</summary>
    public FlashRegion? Slot;

    /// <summary>0 = A, 1 = B, 2 = golden.</summary>
    public uint SlotNumber;

    /// <summary>0 = as it was installed, else the number of an overlay.</summary>
    public uint Generation;

    public uint VirtualBase;

    /// <summary>Branch target; bit 0 selects Thumb state.</summary>
    public uint EntryAddress;

    /// <summary>True when the image runs from RAM (payload kind native-ram): the platform copies it there.</summary>
    public bool RunsFromRam;

    public int ExtentCount;

    /// <summary>Start of each extent in the CPU's address space.</summary>
    public readonly uint[] ExtentVirtualStarts = new uint[ExtentCountMax];

    public readonly uint[] ExtentByteCounts = new uint[ExtentCountMax];

    /// <summary>Start of each extent from the start of the slot.</summary>
    public readonly uint[] ExtentSlotOffsets = new uint[ExtentCountMax];

    /// <summary>Blocks that an overlay may have changed; more of them are NoSpace.</summary>
    public const int PatchCountMax = 64;

    /// <summary>Blocks that lie somewhere else than the extents say; they are mapped over them.</summary>
    public int PatchCount;

    /// <summary>Start of each such block in the CPU's address space, a multiple of the granule.</summary>
    public readonly uint[] PatchVirtualStarts = new uint[PatchCountMax];

    /// <summary>Length of each; what follows up to the next granule belongs to the block, too.</summary>
    public readonly uint[] PatchByteCounts = new uint[PatchCountMax];

    /// <summary>True: the offset counts in <see cref="BootPlatform.ComposeMemory"/>; false: in the slot.</summary>
    public readonly bool[] PatchIsInMemory = new bool[PatchCountMax];

    public readonly uint[] PatchOffsets = new uint[PatchCountMax];

    // What the application is told (specs/boot-services.md section 2).
    public bool IsTrial;
    public uint BootsLeft;
    public uint ProbationMilliseconds;

    /// <summary>
    /// Value of <see cref="BootPlatform.Milliseconds"/> at which an unconfirmed trial ends; 0 for none.
    /// </summary>
    public uint DeadlineMilliseconds;

    /// <summary>True when one extent holds the whole range of virtual addresses.</summary>
    public bool Covers(uint virtualAddress, uint byteCount)
    {
        for (int i = 0; i < ExtentCount; i++)
        {
            uint start = ExtentVirtualStarts[i];
            uint bytes = ExtentByteCounts[i];
            if (virtualAddress >= start && virtualAddress - start < bytes
                && byteCount <= bytes - (virtualAddress - start))
            {
                return true;
            }
        }

        return false;
    }
}
