namespace Twinbank.Boot;

/// <summary>
/// Why the boot stage is running. Numbers are stable: the boot journal keeps them (specs/boot-services.md).
/// </summary>
public enum ResetCause : byte
{
    /// <summary>Power came on, or the RAM marker is gone.</summary>
    PowerOn = 0,
    /// <summary>The boot stage reset the board for a reason of its own, e.g. an SMP reset request.</summary>
    Requested = 1,
    /// <summary>The application asked for it through the boot services.</summary>
    ApplicationRequest = 2,
    /// <summary>Nobody fed the watchdog.</summary>
    Watchdog = 3,
    /// <summary>A fault; <see cref="BootPlatform.LastFault"/> has the details.</summary>
    Fault = 4,
    /// <summary>RAM was kept and nobody on the board asked: reset button, debugger, supervisor.</summary>
    External = 5,
}
