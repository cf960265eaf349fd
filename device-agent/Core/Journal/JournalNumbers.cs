namespace Twinbank.Core.Journal;

/// <summary>Whether the active image is trusted to stay (specs/journal.md section 2).</summary>
public enum JournalState : byte
{
    /// <summary>No record: never written to flash.</summary>
    None = 0,
    Confirmed = 1,
    Trial = 2,
}

/// <summary>Why a record was written (specs/journal.md section 3).</summary>
public enum JournalEvent : byte
{
    None = 0,
    Rebuilt = 1,
    InstallStarted = 2,
    TrialRequested = 3,
    Attempt = 4,
    Confirmed = 5,
    Reverted = 6,
    FailureNoted = 7,
    FellBack = 8,
    ResetTo = 9,
    PromotionStarted = 10,
    Promoted = 11,
}

/// <summary>Why an image failed (specs/journal.md section 4).</summary>
public enum FailureReason : byte
{
    None = 0,
    NotConfirmed = 1,
    Deadline = 2,
    Watchdog = 3,
    Fault = 4,
    Corrupt = 5,
    Requested = 6,
    Returned = 7,
}
