using Twinbank.Core;
using Twinbank.Errors;

namespace Twinbank.Images;

/// <summary>Turns what the portable core or a device answers into errors for people.</summary>
public static class StatusErrors
{
    /// <summary>
    /// The error for a status. <paramref name="subject"/> begins the sentence that the user reads: the file
    /// ("The image app.fwi") or the request ("The upload to slot B"). Extra values are kept for reports.
    /// </summary>
    /// <returns>FW9003 for <see cref="Status.Ok"/>, <see cref="Status.NeedMoreData"/> and unknown numbers, which
    /// are no errors and should not have come here.</returns>
    public static FirmwareException ToException(
        Status status, string subject, params (string Name, object? Value)[] extraValues)
        => new(CodeOf(status), [("subject", subject), ("status", (int)status), .. extraValues]);

    /// <summary>Throws the error for a status unless it is <see cref="Status.Ok"/>.</summary>
    public static void ThrowUnlessOk(Status status, string subject)
    {
        if (status != Status.Ok)
        {
            throw ToException(status, subject);
        }
    }

    /// <summary>
    /// The code in the catalogue for a status; <see cref="ErrorCode.UnexpectedStatus"/> for what is no error.
    /// </summary>
    public static ErrorCode CodeOf(Status status) => status switch
    {
        Status.BadMagic => ErrorCode.BadMagic,
        Status.BadVersion => ErrorCode.BadVersion,
        Status.BadLength => ErrorCode.BadLength,
        Status.BadChecksum => ErrorCode.BadChecksum,
        Status.BadDigest => ErrorCode.BadDigest,
        Status.BadSignature => ErrorCode.BadSignature,
        Status.UnknownKey => ErrorCode.UnknownKey,
        Status.BadReserved => ErrorCode.BadReserved,
        Status.BadField => ErrorCode.BadField,
        Status.UnknownCritical => ErrorCode.UnknownCritical,
        Status.BadEncoding => ErrorCode.BadEncoding,
        Status.WrongBoard => ErrorCode.WrongBoard,
        Status.WrongHardwareRevision => ErrorCode.WrongHardwareRevision,
        Status.SecurityCounterTooLow => ErrorCode.SecurityCounterTooLow,
        Status.WrongBase => ErrorCode.WrongBase,
        Status.WrongGeometry => ErrorCode.WrongGeometry,
        Status.TooLarge => ErrorCode.TooLarge,
        Status.WrongState => ErrorCode.WrongState,
        Status.WrongKind => ErrorCode.WrongKind,
        Status.AgentTooOld => ErrorCode.AgentTooOld,
        Status.FailedBefore => ErrorCode.FailedBefore,
        Status.BadTranslation => ErrorCode.BadTranslation,
        Status.NotFound => ErrorCode.NotFound,
        Status.Busy => ErrorCode.DeviceBusy,
        Status.NotSupported => ErrorCode.NotSupported,
        Status.OutOfRange => ErrorCode.OutOfRange,
        Status.Misaligned => ErrorCode.Misaligned,
        Status.NotErased => ErrorCode.NotErased,
        Status.EraseFailed => ErrorCode.EraseFailed,
        Status.ProgramFailed => ErrorCode.ProgramFailed,
        Status.ReadFailed => ErrorCode.ReadFailed,
        Status.WriteProtected => ErrorCode.WriteProtected,
        Status.Timeout => ErrorCode.OperationTimeout,
        Status.NoDevice => ErrorCode.NoStorage,
        Status.NoSpace => ErrorCode.NoSpace,
        Status.Cancelled => ErrorCode.Cancelled,
        Status.LinkLost => ErrorCode.LinkLost,
        Status.BadFrame => ErrorCode.BadFrame,
        Status.Defect => ErrorCode.DeviceDefect,
        _ => ErrorCode.UnexpectedStatus,
    };
}
