namespace Twinbank.Boot;

/// <summary>
/// What is known about a fault: kept in RAM over the reset that follows it, then told to whoever asks.
/// </summary>
public sealed class FaultRecord
{
    public FaultKind Kind;

    /// <summary>True when it hit the application, false when it hit the boot stage itself.</summary>
    public bool InApplication;

    /// <summary>Virtual address of the instruction.</summary>
    public uint ProgramCounter;

    public uint LinkRegister;

    /// <summary>
    /// Fault status as the core reports it: DFSR or IFSR on ARMv7-A, CFSR on ARMv7-M; the panic code for
    /// <see cref="FaultKind.Panic"/>.
    /// </summary>
    public uint StatusWord;

    /// <summary>Address of the refused access (DFAR, IFAR, MMFAR, BFAR); 0 where the core has none.</summary>
    public uint Address;
}
