using System.Numerics;

namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// Most functions set up a frame pointer that only a stack walker would read; there is none. Without r11 in the list,
/// the registers to be saved are often low ones, which 16-bit instructions can save.
/// </summary>
static class FrameShortening
{
    const int FramePointer = 1 << Registers.FramePointer;
    const int PushWide = 0xE92D;
    const int PopWide = 0xE8BD;

    internal static void Run(MachineFunction function)
    {
        List<Instruction> body = function.Body;
        Instruction? frameSet = body.Skip(1).Take(2).FirstOrDefault(IsFrameSet);
        if (frameSet is null || body[0] is not { First: PushWide, IsWide: true }
            || !Registers.Has(body[0].Second, Registers.FramePointer)
            || body.Skip(1).Any(other => (other.Mentions & FramePointer) != 0 && other != frameSet && !IsPop(other)))
        {
            return;
        }

        int saved = body[0].Second;
        Instruction[] pops = [.. body.Where(instruction => IsPop(instruction)
            && Registers.Has(instruction.Second, Registers.FramePointer))];
        frameSet.Remove();
        function.Compact();

        // A free low register takes r11's place, so that the frame stays as large as it was. r2 and r3 carry no result,
        // but may carry an argument of the function that is jumped to at the end.
        int free = ~saved & (Array.Exists(pops, IsBeforeJump) ? 0b1111_0000 : 0b1111_1100);
        int high = saved & ~(Registers.Low | FramePointer | 1 << Registers.Link);
        if (free == 0 || high != 0 || Array.Exists(pops, pop => (pop.Second & 0x1F00 & ~FramePointer) != 0))
        {
            return;
        }

        int substitute = 1 << BitOperations.Log2((uint)free);
        Narrow(body[0], 0xB400, substitute, Registers.Link);
        foreach (Instruction pop in pops)
        {
            if (IsBeforeJump(pop))
            {
                // Only the wide form can load the link register.
                pop.Second = (ushort)(pop.Second & ~FramePointer | substitute);
                pop.Writes = pop.Writes & ~FramePointer | substitute;
                continue;
            }

            InstructionKind kind = pop.Kind;
            Narrow(pop, 0xBC00, substitute, Registers.ProgramCounter);
            pop.Kind = kind;
        }
    }

    // add.w r11, sp, #n or mov r11, sp
    static bool IsFrameSet(Instruction instruction)
        => instruction is { IsWide: true, Kind: InstructionKind.Plain, First: 0xF10D }
                && (instruction.Second >> 8 & 15) == Registers.FramePointer
            || instruction.IsNarrow(0xFFFF, 0x46EB);

    static bool IsPop(Instruction instruction) => instruction is { IsWide: true, First: PopWide };

    static bool IsBeforeJump(Instruction pop) => Registers.Has(pop.Second, Registers.Link);

    static void Narrow(Instruction access, int code, int substitute, int last)
    {
        int list = access.Second & Registers.Low | substitute;
        int lastBit = access.Second >> last & 1;
        access.BecomeNarrow(code | lastBit << 8 | list, access.Reads, access.Writes);
    }
}
