namespace Twinbank.Simulation.Flash;

/// <summary>How a worn or broken sector behaves.</summary>
[Flags]
public enum SectorFault
{
    None = 0,
    /// <summary>An erase changes nothing and answers EraseFailed.</summary>
    EraseFails = 1,
    /// <summary>An erase changes nothing and answers Ok.</summary>
    EraseIgnored = 2,
    /// <summary>A program changes nothing and answers ProgramFailed.</summary>
    ProgramFails = 4,
    /// <summary>A program changes nothing and answers Ok.</summary>
    ProgramIgnored = 8,
    /// <summary>A program answers WriteProtected, an erase EraseFailed; nothing changes.</summary>
    WriteProtected = 16,
}
