namespace Twinbank.Core.Smp;

/// <summary>The <c>rc</c> of an SMP answer, as every client knows it.</summary>
public enum SmpResult : byte
{
    Ok = 0,
    Unknown = 1,
    NoMemory = 2,
    InvalidValue = 3,
    Timeout = 4,
    NoEntry = 5,
    BadState = 6,
    MessageTooLong = 7,
    NotSupported = 8,
    Corrupt = 9,
    Busy = 10,
    AccessDenied = 11,
    UnsupportedTooOld = 12,
    UnsupportedTooNew = 13,
}
