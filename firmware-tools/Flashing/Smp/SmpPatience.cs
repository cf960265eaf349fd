namespace Twinbank.Flashing.Smp;

/// <summary>How long an answer may take, and when a request is sent again meanwhile.</summary>
/// <param name="FirstResend">Time until the first resend; each further one waits twice as long.</param>
/// <param name="Total">Time until it is given up.</param>
public sealed record SmpPatience(TimeSpan FirstResend, TimeSpan Total)
{
    /// <summary>
    /// A second until a lost frame is sent again; half a minute in all, since a device may erase a whole block, or hash
    /// a slot, before it answers.
    /// </summary>
    public static SmpPatience Default { get; } = new(TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(30));

    /// <summary>For asking whether anybody is there.</summary>
    public static SmpPatience Short { get; } = new(TimeSpan.FromMilliseconds(500), TimeSpan.FromSeconds(3));

    /// <summary>Sent once: for what must not be done twice.</summary>
    public static SmpPatience Once(TimeSpan total) => new(total, total);
}
