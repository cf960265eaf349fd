namespace Twinbank.Power.Tests.Checks;

/// <summary>The promises of an update: I1 to I8 of ARCHITECTURE.md.</summary>
internal enum Invariant
{
    /// <summary>After any cut the next boot runs an image that verifies.</summary>
    I1AlwaysBoots = 1,
    /// <summary>What is confirmed is not touched before something else is.</summary>
    I2ConfirmedUntouched = 2,
    /// <summary>What runs is an image that was verified, bit for bit.</summary>
    I3OnlyVerifiedRuns = 3,
    /// <summary>A trial that does not confirm is reverted within its boots, once, with a reason.</summary>
    I4TrialsEnd = 4,
    /// <summary>An interrupted install keeps its blocks, and the result is the same bit for bit.</summary>
    I5Resumes = 5,
    /// <summary>Golden does not change.</summary>
    I6GoldenUntouched = 6,
    /// <summary>Nothing outside its region is written, no flash rule is broken, nothing throws.</summary>
    I7StaysInside = 7,
    /// <summary>The next update has the same guarantees.</summary>
    I8NextUpdateToo = 8,
}

/// <summary>A broken promise.</summary>
/// <param name="Invariant">Which one.</param>
/// <param name="Text">What was seen.</param>
internal readonly record struct Finding(Invariant Invariant, string Text)
{
    public override string ToString() => $"{Invariant}: {Text}";
}
