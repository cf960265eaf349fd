namespace Twinbank.Power.Tests.Worlds;

/// <summary>How the update compares with what the slot held before. The names stand in case ids.</summary>
internal enum SizeClass
{
    Equal = 0,
    OneMore = 1,
    OneLess = 2,
    MuchSmaller = 3,
    OneBlock = 4,
    /// <summary>As many blocks as before, into a slot that was never used.</summary>
    EmptySlot = 5,
}
