namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>32-bit Thumb instructions: flow, and registers read and written. ARMv7-M manual, section A5.3.</summary>
static class WideDecoder
{
    internal static bool IsWide(int first) => first >> 11 is 0b11101 or 0b11110 or 0b11111;

    internal static Instruction Decode(int offset, int first, int second)
    {
        var made = new Instruction
        {
            Offset = offset, First = (ushort)first, Second = (ushort)second, IsWide = true,
        };
        if ((first & 0xEC00) == 0xEC00)
        {
            Coprocessor(made);
        }
        else if ((first & 0xFE40) == 0xE800)
        {
            NarrowDecoder.Several(made, (first & 0x10) != 0, first & 15, second);
        }
        else if ((first & 0xFE40) == 0xE840)
        {
            Pair(made);
        }
        else if (first >> 9 == 0b1110101)
        {
            Processing(made, 1 << (second & 15));
        }
        else if (first >> 11 == 0b11110)
        {
            ImmediateOrBranch(made);
        }
        else if (first >> 9 == 0b1111100)
        {
            Access(made);
        }
        else
        {
            RegistersOnly(made);
        }

        if (made.Kind == InstructionKind.Plain && Registers.Has(made.Mentions, Registers.ProgramCounter))
        {
            throw NarrowDecoder.Unknown(made);
        }

        return made;
    }

    // Floating point: which registers it uses is not needed, so it may be any.
    static void Coprocessor(Instruction made)
    {
        if ((made.First & 0xEF3F) == 0xED1F)
        {
            throw NarrowDecoder.Unknown(made); // vldr from a literal pool
        }

        made.Reads = Registers.AllCore & ~(1 << Registers.ProgramCounter) | Registers.Flags;
    }

    static void Pair(Instruction made)
    {
        if ((made.First & 0xFFE0) is 0xE840 or 0xE8C0)
        {
            throw NarrowDecoder.Unknown(made); // exclusive access, table branch
        }

        int values = 1 << (made.Second >> 12) | 1 << (made.Second >> 8 & 15);
        int address = 1 << (made.First & 15);
        bool isLoad = (made.First & 0x10) != 0;
        made.Reads = address | (isLoad ? 0 : values);
        made.Writes = (isLoad ? values : 0) | ((made.First & 0x20) != 0 ? address : 0);
    }

    static void Processing(Instruction made, int operand)
    {
        const int Or = 2, OrNot = 3, AddCarry = 10, SubtractCarry = 11;
        int operation = made.First >> 5 & 15;
        int left = made.First & 15;
        int target = made.Second >> 8 & 15;
        bool isMove = left == Registers.ProgramCounter && operation is (Or or OrNot);
        bool isCompare = target == Registers.ProgramCounter && (made.First & 0x10) != 0;
        made.Reads = operand | (isMove ? 0 : 1 << left)
            | (operation is AddCarry or SubtractCarry ? Registers.Flags : 0);
        if (operand != 0 && (made.Second & 0x70F0) == 0x30)
        {
            made.Reads |= Registers.Flags; // rrx
        }

        made.Writes = (isCompare ? 0 : 1 << target) | ((made.First & 0x10) != 0 ? Registers.Flags : 0);
    }

    static void ImmediateOrBranch(Instruction made)
    {
        if ((made.Second & 0x8000) != 0)
        {
            BranchOrSystem(made);
        }
        else if ((made.First & 0x200) == 0)
        {
            Processing(made, 0);
        }
        else
        {
            PlainImmediate(made);
        }
    }

    static void PlainImmediate(Instruction made)
    {
        const int MoveLow = 4, MoveHigh = 12, InsertBits = 22;
        int operation = made.First >> 4 & 31;
        int target = made.Second >> 8 & 15;
        made.Writes = 1 << target;
        if (operation is MoveLow or MoveHigh)
        {
            made.Kind = operation == MoveLow ? InstructionKind.MoveLow : InstructionKind.MoveHigh;
            made.Register = target;
            made.Value = (uint)((made.First & 15) << 12 | (made.First & 0x400) << 1
                | made.Second >> 4 & 0x700 | made.Second & 0xFF);
            made.Reads = operation == MoveHigh ? 1 << target : 0;
            return;
        }

        int source = made.First & 15;
        made.Reads = operation == InsertBits
            ? 1 << target | (source == Registers.ProgramCounter ? 0 : 1 << source)
            : 1 << source;
    }

    static void BranchOrSystem(Instruction made)
    {
        int sign = made.First >> 10 & 1;
        int j1 = made.Second >> 13 & 1;
        int j2 = made.Second >> 11 & 1;
        int low = (made.Second & 0x7FF) << 1;
        int far = (sign << 31 >> 7) | (1 ^ j1 ^ sign) << 23 | (1 ^ j2 ^ sign) << 22 | (made.First & 0x3FF) << 12 | low;
        switch (made.Second & 0xD000)
        {
            case 0x9000:
                made.Kind = InstructionKind.Branch;
                made.Target = made.Offset + 4 + far;
                break;
            case 0xD000:
                made.Kind = InstructionKind.Call;
                made.Target = made.Offset + 4 + far;
                break;
            case 0x8000 when (made.First >> 7 & 7) != 7:
                made.Kind = InstructionKind.ConditionalBranch;
                made.Condition = made.First >> 6 & 15;
                made.Reads = Registers.Flags;
                made.Target = made.Offset + 4
                    + ((sign << 31 >> 11) | j2 << 19 | j1 << 18 | (made.First & 0x3F) << 12 | low);
                break;
            case 0x8000:
                System(made);
                break;
            default:
                throw NarrowDecoder.Unknown(made);
        }
    }

    static void System(Instruction made)
    {
        switch (made.First & 0xFFF0)
        {
            case 0xF3B0: // barriers
                break;
            case 0xF380: // msr
                made.Reads = 1 << (made.First & 15);
                made.Writes = Registers.Flags;
                break;
            case 0xF3E0: // mrs
                made.Writes = 1 << (made.Second >> 8 & 15);
                made.Reads = Registers.Flags;
                break;
            default:
                throw NarrowDecoder.Unknown(made);
        }
    }

    static void Access(Instruction made)
    {
        int address = made.First & 15;
        int value = 1 << (made.Second >> 12);
        bool isLoad = (made.First & 0x10) != 0;
        bool hasLongOffset = (made.First & 0x80) != 0;
        made.Reads = 1 << address | (isLoad ? 0 : value);
        made.Writes = isLoad ? value : 0;
        if (!hasLongOffset && (made.Second & 0x0FC0) == 0)
        {
            made.Reads |= 1 << (made.Second & 15);
        }
        else if (!hasLongOffset && (made.Second & 0x100) != 0)
        {
            made.Writes |= 1 << address; // written back
        }
    }

    static void RegistersOnly(Instruction made)
    {
        int left = 1 << (made.First & 15);
        int right = 1 << (made.Second & 15);
        int target = 1 << (made.Second >> 8 & 15);
        int third = made.Second >> 12;
        int none = ~(1 << Registers.ProgramCounter);
        if (made.First >> 8 == 0xFA)
        {
            made.Reads = (left | right) & none; // shifts, extensions (with or without an addend), bit order
            made.Writes = target | ((made.Second & 0x80) == 0 && (made.First & 0x10) != 0 ? Registers.Flags : 0);
        }
        else if (made.First >> 7 == 0b111110110)
        {
            made.Reads = left | right | (1 << third & none); // multiplication with or without an addend
            made.Writes = target;
        }
        else if (made.First >> 7 == 0b111110111)
        {
            bool isDivision = (made.First & 0xFFD0) == 0xFB90;
            bool addsUp = (made.First & 0x40) != 0;
            int low = isDivision ? 0 : 1 << third;
            made.Reads = left | right | (addsUp ? target | low : 0);
            made.Writes = target | low;
        }
        else
        {
            throw NarrowDecoder.Unknown(made);
        }
    }
}
