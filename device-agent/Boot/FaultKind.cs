namespace Twinbank.Boot;

/// <summary>What kind of fault stopped a program. Numbers are stable: the boot journal keeps them.</summary>
public enum FaultKind : byte
{
    None = 0,
    UndefinedInstruction = 1,
    /// <summary>
    /// Instruction fetch from memory that is not mapped or not executable (prefetch abort, IACCVIOL, IBUSERR).
    /// </summary>
    InstructionAccess = 2,
    /// <summary>Load or store to memory that is not mapped or not allowed (data abort, DACCVIOL, bus error).</summary>
    DataAccess = 3,
    /// <summary>A supervisor call, where nobody takes one.</summary>
    SupervisorCall = 4,
    /// <summary>
    /// Any other fault of the core: HardFault without a finer cause, lockup, unaligned access, division.
    /// </summary>
    Processor = 5,
    /// <summary>
    /// A check of the C# runtime failed: index, cast, overflow, thrown exception; the status word has its code.
    /// </summary>
    Panic = 6,
    /// <summary>The application's entry function returned.</summary>
    Returned = 7,
    /// <summary>The software watchdog's time was over; pc is where the program was.</summary>
    Watchdog = 8,
}
