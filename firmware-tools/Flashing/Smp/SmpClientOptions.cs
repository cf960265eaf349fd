namespace Twinbank.Flashing.Smp;

/// <summary>What a client can be told about its link.</summary>
public sealed record SmpClientOptions
{
    /// <summary>Largest answer taken, header included. Larger than any device's.</summary>
    public int ResponseBytesMax { get; init; } = 64 * 1024;

    /// <summary>
    /// Sequence number before the first request; differs from run to run, so that a late answer to an earlier run
    /// matches nothing.
    /// </summary>
    public byte FirstSequence { get; init; } = unchecked((byte)Environment.ProcessId);

    public SmpPatience Patience { get; init; } = SmpPatience.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
