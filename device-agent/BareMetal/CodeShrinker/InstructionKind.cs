namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>What an instruction does to the flow of the program, or what the shrinker has made of several.</summary>
public enum InstructionKind
{
    /// <summary>Goes on with the next instruction.</summary>
    Plain,
    Branch,
    ConditionalBranch,

    /// <summary>cbz, cbnz.</summary>
    ZeroBranch,

    /// <summary>bx lr, or a load that includes the program counter.</summary>
    Return,
    IndirectJump,
    IndirectCall,

    /// <summary>udf, bkpt.</summary>
    Trap,

    /// <summary>movw, movt: half of a 32-bit number.</summary>
    MoveLow,
    MoveHigh,

    /// <summary>add rX, pc.</summary>
    AddProgramCounter,

    /// <summary>bl, b.w to a symbol.</summary>
    Call,
    TailCall,

    /// <summary>A register becomes the address of a symbol.</summary>
    Address,

    /// <summary>A register becomes a 32-bit number.</summary>
    Constant,

    /// <summary>Was found to be unnecessary.</summary>
    Removed,
}
