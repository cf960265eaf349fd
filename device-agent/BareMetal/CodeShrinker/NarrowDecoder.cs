namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>16-bit Thumb instructions: flow, and registers read and written. ARMv7-M manual, section A5.2.</summary>
static class NarrowDecoder
{
    const int ConditionNever = 14;
    const int ConditionSupervisor = 15;

    internal static Instruction Decode(int offset, int code)
    {
        var made = new Instruction { Offset = offset, First = (ushort)code };
        switch (code >> 12)
        {
            case 0 or 1:
                ShiftOrAdd(made, code);
                break;
            case 2 or 3:
                Immediate(made, code);
                break;
            case 4:
                Registers4(made, code);
                break;
            case 5:
                Access(made, isLoad: (code >> 9 & 7) >= 3, Bit(code >> 3) | Bit(code >> 6), code);
                break;
            case 6 or 7 or 8:
                Access(made, isLoad: (code & 0x800) != 0, Bit(code >> 3), code);
                break;
            case 9:
                Access(made, isLoad: (code & 0x800) != 0, 1 << Registers.StackPointer, code >> 8);
                break;
            case 10 when (code & 0x800) != 0:
                made.Reads = 1 << Registers.StackPointer;
                made.Writes = Bit(code >> 8);
                break;
            case 11:
                Miscellaneous(made, code);
                break;
            case 12:
                Several(made, isLoad: (code & 0x800) != 0, code >> 8 & 7, code & 0xFF);
                break;
            case 13:
                Conditional(made, code);
                break;
            case 14:
                made.Kind = InstructionKind.Branch;
                made.Target = offset + 4 + (code << 21 >> 20);
                break;
            default:
                throw Unknown(made);
        }

        return made;
    }

    internal static InvalidDataException Unknown(Instruction made)
        => new($"The compiler emitted an instruction that is not known here: {made.First:x4} {made.Second:x4} at offset "
            + $"0x{made.Offset:x} of its function.");

    static int Bit(int field) => 1 << (field & 7);

    static void ShiftOrAdd(Instruction made, int code)
    {
        bool readsThird = code >> 11 == 3 && (code & 0x400) == 0;
        made.Reads = Bit(code >> 3) | (readsThird ? Bit(code >> 6) : 0);
        made.Writes = Bit(code) | Registers.Flags;
    }

    static void Immediate(Instruction made, int code)
    {
        int register = Bit(code >> 8);
        int operation = code >> 11 & 3; // mov, cmp, add, sub
        made.Reads = operation == 0 ? 0 : register;
        made.Writes = Registers.Flags | (operation == 1 ? 0 : register);
    }

    static void Registers4(Instruction made, int code)
    {
        if (code >> 10 == 0b010000)
        {
            LowRegisters(made, code);
        }
        else if (code >> 10 == 0b010001)
        {
            HighRegisters(made, code);
        }
        else
        {
            throw Unknown(made); // ldr from a literal pool
        }
    }

    static void LowRegisters(Instruction made, int code)
    {
        const int AddCarry = 5, SubtractCarry = 6, Test = 8, Negate = 9, Compare = 10, CompareNegative = 11, Not = 15;
        int operation = code >> 6 & 15;
        int target = Bit(code);
        made.Reads = Bit(code >> 3) | (operation is Negate or Not ? 0 : target)
            | (operation is AddCarry or SubtractCarry ? Registers.Flags : 0);
        made.Writes = Registers.Flags | (operation is Test or Compare or CompareNegative ? 0 : target);
    }

    static void HighRegisters(Instruction made, int code)
    {
        int target = code & 7 | code >> 4 & 8;
        int source = code >> 3 & 15;
        int operation = code >> 8 & 3; // add, cmp, mov, bx
        made.Register = operation == 3 ? source : target;
        made.Reads = 1 << source | (operation < 2 ? 1 << target : 0);
        made.Writes = operation switch { 0 or 2 => 1 << target, 1 => Registers.Flags, _ => 0 };
        if (operation == 3)
        {
            made.Kind = (code & 0x80) != 0 ? InstructionKind.IndirectCall
                : source == Registers.Link ? InstructionKind.Return
                : InstructionKind.IndirectJump;
        }
        else if (target == Registers.ProgramCounter)
        {
            made.Kind = InstructionKind.IndirectJump;
        }
        else if (source == Registers.ProgramCounter)
        {
            made.Kind = operation == 0 ? InstructionKind.AddProgramCounter : throw Unknown(made);
        }
    }

    static void Access(Instruction made, bool isLoad, int address, int registerField)
    {
        made.Reads = address | (isLoad ? 0 : Bit(registerField));
        made.Writes = isLoad ? Bit(registerField) : 0;
    }

    internal static void Several(Instruction made, bool isLoad, int address, int list)
    {
        made.Reads = 1 << address | (isLoad ? 0 : list);
        made.Writes = 1 << address | (isLoad ? list : 0);
        if (isLoad && Registers.Has(list, Registers.ProgramCounter))
        {
            made.Kind = InstructionKind.Return;
        }
    }

    static void Miscellaneous(Instruction made, int code)
    {
        int stack = 1 << Registers.StackPointer;
        switch (code >> 8 & 15)
        {
            case 0: // add, sub sp
                made.Reads = made.Writes = stack;
                break;
            case 1 or 3 or 9 or 11:
                made.Kind = InstructionKind.ZeroBranch;
                made.Register = code & 7;
                made.Reads = Bit(code);
                made.Condition = code >> 11 & 1;
                made.Target = made.Offset + 4 + (code >> 2 & 0x3E | code >> 3 & 0x40);
                break;
            case 2 or 10: // sign and zero extension, byte order
                made.Reads = Bit(code >> 3);
                made.Writes = Bit(code);
                break;
            case 4 or 5:
                Several(made, false, Registers.StackPointer, code & 0xFF | (code & 0x100) << 6);
                break;
            case 12 or 13:
                Several(made, true, Registers.StackPointer, code & 0xFF | (code & 0x100) << 7);
                break;
            case 14: // bkpt
                made.Kind = InstructionKind.Trap;
                break;
            case 15 when (code & 15) == 0: // nop and other hints
                break;
            case 6: // cps
                break;
            default: // conditional blocks, among others
                throw Unknown(made);
        }
    }

    static void Conditional(Instruction made, int code)
    {
        made.Condition = code >> 8 & 15;
        if (made.Condition == ConditionNever)
        {
            made.Kind = InstructionKind.Trap;
            return;
        }

        if (made.Condition == ConditionSupervisor)
        {
            throw Unknown(made);
        }

        made.Kind = InstructionKind.ConditionalBranch;
        made.Reads = Registers.Flags;
        made.Target = made.Offset + 4 + (code << 24 >> 23);
    }
}
