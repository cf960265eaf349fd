namespace Twinbank.Images.Planning;

/// <summary>What one strategy would cost, or why it cannot be used.</summary>
public sealed record StrategyEstimate
{
    public required UpdateStrategy Strategy { get; init; }

    /// <summary>Why it cannot be used, without a full stop; null when it can. The numbers are 0 then.</summary>
    public string? WhyNot { get; init; }

    public bool IsApplicable => WhyNot is null;

    /// <summary>Bytes of the container that have to be sent.</summary>
    public long WireBytes { get; init; }

    /// <summary>Bytes programmed into slots, padding to whole program units included.</summary>
    public long ProgrammedBytes { get; init; }

    /// <summary>Sector erases in slots.</summary>
    public int SectorErases { get; init; }

    /// <summary>Erases of the sector that is erased most often.</summary>
    public int WorstSectorErases { get; init; }

    /// <summary>Memory that the device needs while it takes or composes the update.</summary>
    public long DeviceRamBytes { get; init; }

    /// <summary>Seconds on the link; null when its speed is not known.</summary>
    public double? LinkSeconds { get; init; }

    /// <summary>Seconds of erasing and programming; null when the part's times are not known.</summary>
    public double? FlashSeconds { get; init; }

    /// <summary>True when the other slot's content is not known, so that the device may find blocks there.</summary>
    public bool IsUpperBound { get; init; }

    /// <summary>What is known of the time: link and flash one after the other; null when neither is known.</summary>
    public double? Seconds => LinkSeconds is null && FlashSeconds is null
        ? null
        : (LinkSeconds ?? 0) + (FlashSeconds ?? 0);
}
