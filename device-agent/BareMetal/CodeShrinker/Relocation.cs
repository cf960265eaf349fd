namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// What the linker adds to a place: the address of a symbol, absolute or relative. ELF for the ARM architecture.
/// </summary>
/// <param name="Type">R_ARM_...</param>
/// <param name="Symbol">Whose address.</param>
public sealed record Relocation(int Type, ElfSymbol Symbol)
{
    internal const int None = 0;
    internal const int Absolute32 = 2;
    internal const int Relative32 = 3;
    internal const int ThumbCall = 10;
    internal const int ThumbJump24 = 30;
    internal const int ThumbMoveLowRelative = 49;
    internal const int ThumbMoveHighRelative = 50;
}
