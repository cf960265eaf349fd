namespace Twinbank.Simulation.Flash;

/// <summary>The rules of NOR flash that a caller can break.</summary>
public enum FlashRule
{
    /// <summary>The range leaves the part, or the buffer.</summary>
    StaysInBounds = 0,
    /// <summary>Program: address and count are whole units. Erase: the address is the start of a sector.</summary>
    IsAligned = 1,
    /// <summary>Programming never sets a bit.</summary>
    OnlyClearsBits = 2,
    /// <summary>A write-once unit is programmed once between erases, even with the same bytes.</summary>
    ProgramsWriteOnceUnitsOnce = 3,
    /// <summary>
    /// A sector whose erase was cut short is erased again before it is programmed: its cells may read as erased and
    /// still not hold what is programmed into them.
    /// </summary>
    RepeatsTornErases = 4,
}

/// <summary>A caller broke a rule: a defect of the caller, whatever the real part would have done.</summary>
/// <param name="Rule">Which rule.</param>
/// <param name="Operation">The refused operation.</param>
/// <param name="Address">The first byte that breaks the rule.</param>
public readonly record struct FlashRuleViolation(FlashRule Rule, FlashOperation Operation, uint Address)
{
    /// <summary>For test output.</summary>
    public override string ToString() => $"{Rule} broken at 0x{Address:X8} by {Operation}";
}
