using System.Globalization;
using Twinbank.Core;

namespace Twinbank.Simulation.Flash;

/// <summary>What was asked of the flash.</summary>
public enum FlashOperationKind
{
    Read = 0,
    Program = 1,
    Erase = 2,
}

/// <summary>One entry of the operation log.</summary>
/// <param name="Kind">What was asked.</param>
/// <param name="Address">First byte touched.</param>
/// <param name="Count">Bytes touched; for an erase the bytes of the sector.</param>
/// <param name="Result">What the caller was told. An operation that a power cut hit stands as ProgramFailed or
/// EraseFailed, although its caller heard nothing.</param>
public readonly record struct FlashOperation(FlashOperationKind Kind, uint Address, int Count, Status Result)
{
    /// <summary>For logs, such as <c>Program 0x00001000 +64 Ok</c>.</summary>
    public override string ToString()
        => string.Create(CultureInfo.InvariantCulture, $"{Kind} 0x{Address:X8} +{Count} {Result}");
}
