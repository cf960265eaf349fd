namespace Twinbank.Flashing.Smp;

/// <summary>What a client can be told about its link.</summary>
public sealed record SmpClientOptions
{
    /// <summary>Largest answer taken, header included. Larger than any device's.</summary>
    public int ResponseBytesMax { get; init; } = 64 * 1024;

    /// <summary>Sequence number of the first request; by chance, so that late answers to another run match
    /// nothing.</summary>
    public byte FirstSequence { get; init; } = (byte)Random.Shared.Next(256);

    public SmpPatience Patience { get; init; } = SmpPatience.Default;

    public TimeProvider Time { get; init; } = TimeProvider.System;
}
