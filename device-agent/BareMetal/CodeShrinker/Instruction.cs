namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>One Thumb instruction, or one that stands for several of them.</summary>
public sealed class Instruction
{
    /// <summary>In its function; labels are made of it.</summary>
    public int Offset { get; init; }

    public ushort First { get; set; }

    /// <summary>Second half of a 32-bit instruction.</summary>
    public ushort Second { get; set; }

    public bool IsWide { get; set; }

    public InstructionKind Kind { get; set; }

    /// <summary>Masks as in <see cref="Registers"/>.</summary>
    public int Reads { get; set; }

    public int Writes { get; set; }

    /// <summary>Of a branch: 0 (eq) to 13; of a zero branch 0 (cbz) or 1 (cbnz).</summary>
    public int Condition { get; set; }

    /// <summary>Of a branch: offset in the function.</summary>
    public int Target { get; set; }

    /// <summary>Register of a call, jump, zero branch, address or constant.</summary>
    public int Register { get; set; }

    /// <summary>Of MoveLow, MoveHigh, Constant; of an address or a call what is added to the symbol.</summary>
    public uint Value { get; set; }

    /// <summary>Of calls and addresses, as assembly.</summary>
    public string Symbol { get; set; } = "";

    /// <summary>Offsets in the compiled function that others refer to, and that now mean this instruction.</summary>
    public List<int> Labels { get; } = [];

    public bool IsTarget => Labels.Count > 0;

    internal bool IsNarrow(int mask, int code) => !IsWide && Kind == InstructionKind.Plain && (First & mask) == code;

    /// <summary>Takes it out; its labels go to the next instruction when the function is compacted.</summary>
    internal void Remove()
    {
        Kind = InstructionKind.Removed;
        Reads = Writes = 0;
    }

    internal void BecomeCall(string symbol)
    {
        Kind = InstructionKind.Call;
        Symbol = symbol;
        Reads = Writes = 0;
    }

    /// <summary>Makes it a 16-bit instruction without effect on the flow.</summary>
    internal void BecomeNarrow(int code, int reads, int writes)
    {
        Kind = InstructionKind.Plain;
        IsWide = false;
        First = (ushort)code;
        Reads = reads;
        Writes = writes;
    }

    /// <summary>Makes it a 32-bit instruction without effect on the flow.</summary>
    internal void BecomeWide(int first, int second, int reads, int writes)
    {
        BecomeNarrow(first, reads, writes);
        IsWide = true;
        Second = (ushort)second;
    }

    internal int Mentions => Reads | Writes;

    /// <summary>The next instruction may follow.</summary>
    internal bool FallsThrough => Kind
        is not (InstructionKind.Branch or InstructionKind.Return or InstructionKind.IndirectJump
            or InstructionKind.Trap or InstructionKind.TailCall);

    internal bool IsCall => Kind is InstructionKind.Call or InstructionKind.IndirectCall;

    internal bool HasTarget => Kind
        is InstructionKind.Branch or InstructionKind.ConditionalBranch or InstructionKind.ZeroBranch;

    /// <summary>Upper bound, whatever the assembler chooses.</summary>
    internal int BytesMax => Kind switch
    {
        InstructionKind.Branch or InstructionKind.ConditionalBranch or InstructionKind.Address
            or InstructionKind.Constant or InstructionKind.Call or InstructionKind.TailCall => 4,
        InstructionKind.ZeroBranch => 2,
        InstructionKind.Removed => 0,
        _ => IsWide ? 4 : 2,
    };
}
