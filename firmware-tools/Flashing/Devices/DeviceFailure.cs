using System.Globalization;
using Twinbank.Core;
using Twinbank.Core.Journal;
using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>Why the last image that failed on a device did.</summary>
public sealed record DeviceFailure
{
    public required FailureReason Reason { get; init; }

    /// <summary>What a check found, for <see cref="FailureReason.Corrupt"/>.</summary>
    public Status Status { get; init; }

    /// <summary>Slot of the failed image.</summary>
    public int Slot { get; init; }

    public byte ResetCause { get; init; }

    /// <summary>Program counter at a fault.</summary>
    public uint ProgramCounter { get; init; }

    /// <summary>Fault status word of the processor.</summary>
    public uint Detail { get; init; }

    /// <summary>Address that was accessed at a fault.</summary>
    public uint Address { get; init; }

    /// <summary>First 16 bytes of the failed image's digest.</summary>
    public required ReadOnlyMemory<byte> DigestPrefix { get; init; }

    public bool IsOf(ReadOnlySpan<byte> digest)
        => DigestPrefix.Length > 0 && digest.Length >= DigestPrefix.Length
            && digest[..DigestPrefix.Length].SequenceEqual(DigestPrefix.Span);

    /// <summary>One clause for people, with the values that belong to the reason.</summary>
    public string Describe() => Reason switch
    {
        FailureReason.NotConfirmed => "it used up its boots without being confirmed",
        FailureReason.Deadline => "its probation ended without a confirmation",
        FailureReason.Watchdog => "the watchdog reset it",
        FailureReason.Fault => string.Create(
            CultureInfo.InvariantCulture,
            $"it faulted at 0x{ProgramCounter:X8} (status 0x{Detail:X8}, address 0x{Address:X8})"),
        FailureReason.Corrupt => $"it did not verify ({Status})",
        FailureReason.Requested => "a revert was asked for",
        FailureReason.Returned => "it returned to the boot stage",
        _ => string.Create(CultureInfo.InvariantCulture, $"reason {(int)Reason}"),
    };

    internal static DeviceFailure Of(CborMap map) => new()
    {
        Reason = (FailureReason)map.Unsigned("reason"),
        Status = (Status)map.Unsigned("status", 0),
        Slot = (int)map.Unsigned("slot", 255),
        ResetCause = (byte)map.Unsigned("resetCause", 0),
        ProgramCounter = map.Unsigned("pc", 0),
        Detail = map.Unsigned("detail", 0),
        Address = map.Unsigned("address", 0),
        DigestPrefix = map.Has("digest") ? map.Bytes("digest") : [],
    };
}
