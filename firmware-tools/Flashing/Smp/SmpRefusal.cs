using Twinbank.Core;
using Twinbank.Core.Smp;
using Twinbank.Errors;
using Twinbank.Images;

namespace Twinbank.Flashing.Smp;

/// <summary>Turns the error in an answer into the error a person reads.</summary>
internal static class SmpRefusal
{
    /// <summary>Throws for {"rc": n} with n not 0 and for {"err": {...}}.</summary>
    public static void ThrowIfRefused(CborMap answer, SmpCommand command, string subject)
    {
        if (answer.Has("err"))
        {
            CborMap error = answer.Map("err");
            uint number = error.Unsigned("rc");
            if (number != 0)
            {
                throw error.Unsigned("group") == SmpGroup.Twinbank && Enum.IsDefined((Status)number)
                    ? StatusErrors.ToException((Status)number, subject)
                    : Refused(command, $"{number} of group {error.Unsigned("group")}");
            }
        }

        uint result = answer.Unsigned("rc", 0);
        if (result != 0)
        {
            throw OfResult((SmpResult)result, command, subject);
        }
    }

    private static FirmwareException OfResult(SmpResult result, SmpCommand command, string subject) => result switch
    {
        SmpResult.NoMemory => StatusErrors.ToException(Status.NoSpace, subject),
        SmpResult.NoEntry => StatusErrors.ToException(Status.NotFound, subject),
        SmpResult.BadState => StatusErrors.ToException(Status.WrongState, subject),
        SmpResult.NotSupported => StatusErrors.ToException(Status.NotSupported, subject),
        SmpResult.Busy => StatusErrors.ToException(Status.Busy, subject),
        SmpResult.Timeout => StatusErrors.ToException(Status.Timeout, subject),
        _ => Refused(command, $"{(int)result} ({result})"),
    };

    private static FirmwareException Refused(SmpCommand command, string status)
        => new(ErrorCode.DeviceRefused, ("request", command.Name), ("status", status));
}
