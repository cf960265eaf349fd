namespace Twinbank.Core.Smp;

/// <summary>Which <c>rc</c> a status becomes for clients that know nothing of ours.</summary>
public static class SmpResults
{
    public static SmpResult FromStatus(Status status)
    {
        switch (status)
        {
            case Status.Ok:
                return SmpResult.Ok;
            case Status.BadEncoding:
            case Status.BadField:
            case Status.BadLength:
            case Status.OutOfRange:
            case Status.Misaligned:
            case Status.NeedMoreData:
                return SmpResult.InvalidValue;
            case Status.NotFound:
                return SmpResult.NoEntry;
            case Status.WrongState:
            case Status.FailedBefore:
                return SmpResult.BadState;
            case Status.TooLarge:
            case Status.NoSpace:
                return SmpResult.NoMemory;
            case Status.NotSupported:
                return SmpResult.NotSupported;
            case Status.Busy:
                return SmpResult.Busy;
            case Status.Timeout:
                return SmpResult.Timeout;
            case Status.UnknownKey:
            case Status.BadSignature:
            case Status.WriteProtected:
            case Status.SecurityCounterTooLow:
                return SmpResult.AccessDenied;
            case Status.BadMagic:
            case Status.BadChecksum:
            case Status.BadDigest:
            case Status.BadReserved:
                return SmpResult.Corrupt;
            default:
                return SmpResult.Unknown;
        }
    }
}
