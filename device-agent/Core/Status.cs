namespace Twinbank.Core;

/// <summary>
/// What an operation of the portable core came to. The numbers are stable: they stand in the boot journal, travel in
/// SMP answers and are mapped to FW#### codes on the host, so a member is never renumbered or reused.
/// </summary>
public enum Status : byte
{
    /// <summary>Done as asked.</summary>
    Ok = 0,
    /// <summary>The input so far is well formed but not complete. Not an error.</summary>
    NeedMoreData = 1,

    // 0x10: what was read is not what it should be.
    BadMagic = 0x10,
    BadVersion = 0x11,
    BadLength = 0x12,
    BadChecksum = 0x13,
    BadDigest = 0x14,
    BadSignature = 0x15,
    /// <summary>No signature was made by a key this device trusts.</summary>
    UnknownKey = 0x16,
    /// <summary>A reserved byte or bit is not zero.</summary>
    BadReserved = 0x17,
    /// <summary>A field has a value outside its range, or fields contradict each other.</summary>
    BadField = 0x18,
    /// <summary>A record type with the critical bit set is not known here.</summary>
    UnknownCritical = 0x19,
    BadEncoding = 0x1A,

    // 0x20: well formed, but not for this device or this moment.
    WrongBoard = 0x20,
    WrongHardwareRevision = 0x21,
    SecurityCounterTooLow = 0x22,
    WrongBase = 0x23,
    WrongGeometry = 0x24,
    TooLarge = 0x25,
    WrongState = 0x26,
    WrongKind = 0x27,
    AgentTooOld = 0x28,
    /// <summary>This image already failed its trial here; it is not tried again by itself.</summary>
    FailedBefore = 0x29,
    /// <summary>The translation of this board cannot do the offset table of this image.</summary>
    BadTranslation = 0x2A,
    NotFound = 0x2B,
    Busy = 0x2C,
    NotSupported = 0x2D,

    // 0x40: the storage.
    OutOfRange = 0x40,
    Misaligned = 0x41,
    NotErased = 0x42,
    EraseFailed = 0x43,
    ProgramFailed = 0x44,
    ReadFailed = 0x45,
    WriteProtected = 0x46,
    Timeout = 0x47,
    /// <summary>No identifiable storage answered.</summary>
    NoDevice = 0x48,
    NoSpace = 0x49,

    // 0x60: the link.
    Cancelled = 0x60,
    LinkLost = 0x61,
    BadFrame = 0x62,

    /// <summary>A broken invariant: a defect of this program, never of its input.</summary>
    Defect = 0x7F,
}
