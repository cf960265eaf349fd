namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// A call at the end of a function is compiled to a jump behind the restored link register, which only wide
/// instructions can restore. A call and a return are shorter. The caller's frame lives on: no argument may be on it.
/// </summary>
static class TailShortening
{
    const int PopWide = 0xE8BD;
    const int LoadFirst = 0xF85D;
    const int LoadLinkSecond = 0xEB04;
    const int PopNarrow = 0xBC00;
    const int PopProgramCounter = 0x0100;

    internal static void Run(MachineFunction function)
    {
        if (function.Body.Exists(UsesStack))
        {
            return;
        }

        for (int i = 1; i < function.Body.Count; i++)
        {
            Instruction pop = function.Body[i - 1];
            Instruction jump = function.Body[i];
            int saved = RestoredWithLink(pop);
            if (jump is { Kind: InstructionKind.TailCall, IsTarget: false, Value: 0 } && saved >= 0
                && (saved & ~Registers.Low) == 0)
            {
                pop.BecomeCall(jump.Symbol);
                jump.BecomeNarrow(PopNarrow | PopProgramCounter | saved, 0, 0);
                jump.Kind = InstructionKind.Return;
                jump.Reads = 1 << Registers.StackPointer;
                jump.Writes = saved | 1 << Registers.StackPointer;
            }
        }
    }

    // Anything but saving and restoring registers.
    static bool UsesStack(Instruction instruction)
        => Registers.Has(instruction.Mentions, Registers.StackPointer)
            && !instruction.IsNarrow(0xFE00, 0xB400)
            && instruction is not { IsWide: true, First: 0xE92D }
            && instruction.Kind != InstructionKind.Return
            && RestoredWithLink(instruction) < 0;

    // The other registers of a pop of the link register; -1 for another instruction.
    static int RestoredWithLink(Instruction instruction) => instruction switch
    {
        { Kind: InstructionKind.Plain, IsWide: true, First: PopWide }
            when Registers.Has(instruction.Second, Registers.Link) => instruction.Second & ~(1 << Registers.Link),
        { Kind: InstructionKind.Plain, IsWide: true, First: LoadFirst, Second: LoadLinkSecond } => 0,
        _ => -1,
    };
}
