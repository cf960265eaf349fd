namespace Internal.Runtime;

/// <summary>
/// Why a C# program stopped itself. The numbers stand in fault records and in cpu.S, so they never change.
/// </summary>
public enum PanicCode
{
    None = 0,
    OutOfMemory = 1,
    IndexOutOfRange = 2,
    NullReference = 3,
    DivideByZero = 4,
    Overflow = 5,
    InvalidCast = 6,
    /// <summary>The compiler left something out that was needed after all.</summary>
    TypeLoad = 7,
    UnhandledException = 8,
    /// <summary>A stack canary was overwritten.</summary>
    FailFast = 9,
    ArrayTypeMismatch = 10,
    NotSupported = 11,
}
