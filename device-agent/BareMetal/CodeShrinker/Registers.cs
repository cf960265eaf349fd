namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>Sets of registers as bit masks: bit n is rn, and one more bit for the condition flags.</summary>
static class Registers
{
    internal const int FramePointer = 11;
    internal const int StackPointer = 13;
    internal const int Link = 14;
    internal const int ProgramCounter = 15;

    internal const int Flags = 1 << 16;
    internal const int AllCore = 0xFFFF;

    /// <summary>r0 to r3, r12 and lr: what a call may change.</summary>
    internal const int CallerSaved = 0b0101_0000_0000_1111;

    /// <summary>Registers that 16-bit instructions can name.</summary>
    internal const int Low = 0xFF;

    internal static int Bit(int register) => 1 << register;

    internal static bool Has(int mask, int register) => (mask >> register & 1) != 0;
}
