using System.Buffers.Binary;

namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>From bytes to instructions, with the compiler's sequences for addresses understood.</summary>
static class FunctionReader
{
    // movw, movt and add take 10 bytes; the program counter reads as 4 behind the add.
    const int AddOffset = 8;
    const int ProgramCounterAhead = 4;

    internal static void Read(MachineProgram program, MachineFunction function)
    {
        function.SetBody(Decode(function));
        foreach (Instruction instruction in function.Body.FindAll(
            instruction => instruction.HasTarget || instruction.Kind == InstructionKind.Call))
        {
            ReadTarget(program, function, instruction);
        }

        for (int i = 0; i + 1 < function.Body.Count; i++)
        {
            ReadNumber(program, function, i);
        }

        if (function.Body.Find(instruction => instruction.Kind == InstructionKind.AddProgramCounter
            || (instruction.Kind is InstructionKind.MoveLow
                && RelocationAt(function, instruction.Offset) is not null)) is { } odd)
        {
            throw new InvalidDataException($"{function.Names[0]}: an address at 0x{odd.Offset:x} is made in an unknown way.");
        }

        function.Compact();
    }

    static List<Instruction> Decode(MachineFunction function)
    {
        var body = new List<Instruction>();
        ReadOnlySpan<byte> code = function.Section.Content.AsSpan(function.Start..function.End);
        for (int offset = 0; offset < code.Length; offset += body[^1].IsWide ? 4 : 2)
        {
            int first = BinaryPrimitives.ReadUInt16LittleEndian(code[offset..]);
            body.Add(WideDecoder.IsWide(first)
                ? WideDecoder.Decode(offset, first, BinaryPrimitives.ReadUInt16LittleEndian(code[(offset + 2)..]))
                : NarrowDecoder.Decode(offset, first));
        }

        return body;
    }

    static void ReadTarget(MachineProgram program, MachineFunction function, Instruction jump)
    {
        if (jump.Kind == InstructionKind.Call)
        {
            // Only the code of a finally block is called so; the linker is not needed for it.
            jump.Symbol = program.NameOf(function.Section, function.Start + jump.Target);
        }
        else if (RelocationAt(function, jump.Offset) is { } relocation)
        {
            // The stored displacement is that to the instruction itself.
            if (relocation.Type != Relocation.ThumbJump24 || jump.Target != jump.Offset)
            {
                throw new InvalidDataException($"{function.Names[0]}: a jump at 0x{jump.Offset:x} is not understood.");
            }

            jump.Kind = InstructionKind.TailCall;
            jump.Symbol = MachineProgram.Quote(relocation.Symbol.Name);
        }
        else if (jump.Target < 0 || jump.Target >= function.End - function.Start)
        {
            jump.Kind = InstructionKind.TailCall;
            jump.Symbol = program.NameOf(function.Section, function.Start + jump.Target);
        }
        else
        {
            Instruction target = function.At(jump.Target);
            if (!target.IsTarget)
            {
                target.Labels.Add(target.Offset);
            }
        }
    }

    static void ReadNumber(MachineProgram program, MachineFunction function, int index)
    {
        Instruction low = function.Body[index];
        Instruction high = function.Body[index + 1];
        if (low.Kind != InstructionKind.MoveLow || high.Kind != InstructionKind.MoveHigh || high.IsTarget
            || low.Register != high.Register)
        {
            return;
        }

        uint value = high.Value << 16 | low.Value;
        Instruction? add = index + 2 < function.Body.Count ? function.Body[index + 2] : null;
        bool isRelative = add is { Kind: InstructionKind.AddProgramCounter, IsTarget: false }
            && add.Register == low.Register;
        if (isRelative)
        {
            ReadAddress(program, function, low, high, (int)value);
            add!.Remove();
        }
        else if (RelocationAt(function, low.Offset) is null)
        {
            low.Kind = InstructionKind.Constant;
            low.Value = value;
        }
        else
        {
            return;
        }

        high.Remove();
    }

    static void ReadAddress(
        MachineProgram program, MachineFunction function, Instruction low, Instruction high, int distance)
    {
        Relocation? relocation = RelocationAt(function, low.Offset);
        low.Kind = InstructionKind.Address;
        if (relocation is null)
        {
            int target = function.Start + low.Offset + AddOffset + ProgramCounterAhead + distance;
            low.Symbol = program.NameOf(function.Section, target & ~1);
            low.Value = 0;
            return;
        }

        // Both halves store what is added to the symbol, less the way to their own place.
        int added = (short)low.Value + AddOffset + ProgramCounterAhead;
        Relocation? highRelocation = RelocationAt(function, high.Offset);
        if (relocation.Type != Relocation.ThumbMoveLowRelative
            || highRelocation?.Type != Relocation.ThumbMoveHighRelative
            || highRelocation.Symbol != relocation.Symbol
            || added != (short)high.Value + AddOffset)
        {
            throw new InvalidDataException($"{function.Names[0]}: the address at 0x{low.Offset:x} is not understood.");
        }

        low.Symbol = MachineProgram.Quote(relocation.Symbol.Name);
        low.Value = (uint)added;
    }

    static Relocation? RelocationAt(MachineFunction function, int offset)
        => function.Section.Relocations.GetValueOrDefault(function.Start + offset);
}
