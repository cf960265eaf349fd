using Twinbank.Core.Slots;

namespace Twinbank.Agent;

/// <summary>What only the boot stage knows about this boot. It keeps these up to date.</summary>
public sealed class RunState
{
    /// <summary>Slot of the image that runs; None in recovery.</summary>
    public SlotId RunningSlot = SlotId.None;

    /// <summary>Its generation.</summary>
    public ushort RunningGeneration;

    /// <summary>Why the device last reset (specs/boot-services.md).</summary>
    public byte ResetCause;

    /// <summary>Size of a logical block that images for this board are built with, in bytes.</summary>
    public uint BlockBytes;
}
