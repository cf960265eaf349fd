namespace Twinbank.Flashing.Devices;

/// <summary>Which image a device is to go to.</summary>
public enum ResetTarget
{
    /// <summary>The confirmed one; a trial ends.</summary>
    Current,

    /// <summary>The one before it.</summary>
    Previous,

    /// <summary>The one that updates never touch.</summary>
    Golden,
}
