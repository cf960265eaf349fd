namespace Twinbank.Core.Slots;

/// <summary>Names a slot, in the journal and on the wire.</summary>
public enum SlotId : byte
{
    A = 0,
    B = 1,

    /// <summary>The second store: never the target of an update (invariant I6).</summary>
    Golden = 2,

    None = 0xFF,
}
