using Twinbank.Core.Journal;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Decide;

/// <summary>What the boot stage does next (specs/journal.md section 5).</summary>
public enum BootActionKind : byte
{
    None = 0,

    /// <summary>Verify the slot, set its verdict, ask again.</summary>
    CheckSlot = 1,

    /// <summary>Run the confirmed image in the slot.</summary>
    Run = 2,

    /// <summary>Append an attempt, arm the watchdog, run the trial image in the slot.</summary>
    RunTrial = 3,

    /// <summary>Append the revert to the slot, ask again.</summary>
    Revert = 4,

    /// <summary>Append that the slot took the place of an image that does not verify, ask again.</summary>
    FallBack = 5,

    /// <summary>Append a first record: the slot is confirmed; ask again.</summary>
    RebuildConfirmed = 6,

    /// <summary>
    /// Append a first record: a trial of the generation, with the other slot as previous if that is good, else its own
    /// generation 0; ask again.
    /// </summary>
    RebuildTrial = 7,

    /// <summary>Stay, and serve the link.</summary>
    Recover = 8,
}

/// <summary>One step of the boot stage: what, with which slot, and why.</summary>
public struct BootAction
{
    public BootActionKind Kind;
    public SlotId Slot;

    /// <summary>Which generation of the slot.</summary>
    public ushort Generation;

    /// <summary>For a revert: why the trial failed.</summary>
    public FailureReason Reason;

    public static BootAction Of(BootActionKind kind, SlotId slot, ushort generation)
        => Of(kind, slot, generation, FailureReason.None);

    public static BootAction Of(BootActionKind kind, SlotId slot, ushort generation, FailureReason reason)
    {
        BootAction action;
        action.Kind = kind;
        action.Slot = slot;
        action.Generation = generation;
        action.Reason = reason;
        return action;
    }
}
