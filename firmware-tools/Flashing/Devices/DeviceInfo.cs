using Twinbank.Core.Install;
using Twinbank.Core.Journal;
using Twinbank.Core.Smp;
using Twinbank.Core.Trust;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>What a device says about itself (specs/smp.md section 6.1).</summary>
public sealed record DeviceInfo
{
    /// <summary>Board id.</summary>
    public required string Board { get; init; }

    public int HardwareRevision { get; init; }

    /// <summary>Version of the agent: "1.0".</summary>
    public string AgentVersion { get; init; } = "";

    public Translation Translation { get; init; }

    /// <summary>Granule of the translation in bytes.</summary>
    public uint GranuleBytes { get; init; } = 1;

    public required DeviceGeometry Geometry { get; init; }

    /// <summary>Slot of the running image; null in recovery.</summary>
    public int? RunningSlot { get; init; }

    /// <summary>Its generation: 0 is the image as installed, n its nth overlay.</summary>
    public int RunningGeneration { get; init; }

    /// <summary>RAM for blocks that overlays change; null where the device takes no overlays.</summary>
    public uint? OverlayRamBytes { get; init; }

    /// <summary>Why the device last reset (specs/boot-services.md).</summary>
    public byte ResetCause { get; init; }

    /// <summary>None when the device has no journal yet; the numbers below are 0 then.</summary>
    public JournalState State { get; init; }

    public int? ActiveSlot { get; init; }

    public int Generation { get; init; }

    public int? PreviousSlot { get; init; }

    public int PreviousGeneration { get; init; }

    public int TrialBootsLeft { get; init; }

    public int TrialBootsGranted { get; init; }

    public uint ProbationSeconds { get; init; }

    /// <summary>Smallest security counter accepted.</summary>
    public uint SecurityFloor { get; init; }

    /// <summary>Number of the newest journal record: changes with every change of state.</summary>
    public uint JournalSequence { get; init; }

    public uint AttemptCount { get; init; }

    public uint RevertCount { get; init; }

    public uint InstallCount { get; init; }

    /// <summary>Why the last failed image failed; null when none did since the last trial was asked for.</summary>
    public DeviceFailure? Failure { get; init; }

    public DeviceUploadState? Upload { get; init; }

    /// <summary>True when the device understands compact frames.</summary>
    public bool OffersCompactFraming { get; init; }

    public bool IsInRecovery => RunningSlot is null;

    /// <summary>Longest time until a trial has either been confirmed or reverted, if the application stays
    /// silent.</summary>
    public TimeSpan TrialTimeMax
        => TimeSpan.FromSeconds(
            (double)Probation.DeadlineSeconds(ProbationSeconds) * Math.Max(1, TrialBootsGranted));

    internal static DeviceInfo Of(CborMap map) => new()
    {
        Board = map.Text("board"),
        HardwareRevision = (int)map.Unsigned("revision", 0),
        AgentVersion = map.Has("agent") ? map.Text("agent") : "",
        Translation = (Translation)map.Unsigned("translation", 0),
        GranuleBytes = Math.Max(1, map.Unsigned("granule", 1)),
        Geometry = DeviceGeometry.Of(map.Map("geometry")),
        RunningSlot = Slot(map, "running"),
        RunningGeneration = (int)map.Unsigned("runningGeneration", 0),
        OverlayRamBytes = map.Has("overlayRam") ? map.Unsigned("overlayRam") : null,
        ResetCause = (byte)map.Unsigned("resetCause", 0),
        State = (JournalState)map.Unsigned("state", 0),
        ActiveSlot = Slot(map, "active"),
        Generation = (int)map.Unsigned("generation", 0),
        PreviousSlot = Slot(map, "previous"),
        PreviousGeneration = (int)map.Unsigned("previousGeneration", 0),
        TrialBootsLeft = (int)map.Unsigned("bootsLeft", 0),
        TrialBootsGranted = (int)map.Unsigned("bootsGranted", 0),
        ProbationSeconds = map.Unsigned("probation", 0),
        SecurityFloor = map.Unsigned("floor", 0),
        JournalSequence = map.Unsigned("sequence", 0),
        AttemptCount = map.Unsigned("attempts", 0),
        RevertCount = map.Unsigned("reverts", 0),
        InstallCount = map.Unsigned("installs", 0),
        Failure = map.Has("failure") ? DeviceFailure.Of(map.Map("failure")) : null,
        Upload = map.Has("upload") ? DeviceUploadState.Of(map.Map("upload")) : null,
        OffersCompactFraming = (map.Unsigned("framings", 1) & (1u << (int)SmpFraming.Compact)) != 0,
    };

    private static int? Slot(CborMap map, string key) => map.Has(key) ? (int)map.Unsigned(key) : null;
}
