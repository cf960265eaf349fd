namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>Whether a register's value is still needed.</summary>
static class Liveness
{
    const int Arguments = 0b1111;
    const int Results = 0b0011;

    /// <summary>
    /// True when no way through the function from an instruction on reads the register before it is written. Doubt
    /// answers false.
    /// </summary>
    internal static bool IsDead(MachineFunction function, int index, int mask)
    {
        var seen = new HashSet<int>();
        var open = new Stack<int>([index]);
        while (open.TryPop(out int at))
        {
            if (at >= function.Body.Count || !seen.Add(at))
            {
                continue;
            }

            Instruction instruction = function.Body[at];
            if (IsReadBy(instruction, mask))
            {
                return false;
            }

            if (IsLostIn(instruction, mask))
            {
                continue;
            }

            if (instruction.HasTarget)
            {
                open.Push(function.Body.FindIndex(target => target.Labels.Contains(instruction.Target)));
            }

            if (instruction.FallsThrough)
            {
                open.Push(at + 1);
            }
        }

        return true;
    }

    static bool IsReadBy(Instruction instruction, int mask) => instruction.Kind switch
    {
        InstructionKind.Call or InstructionKind.TailCall => (mask & Arguments) != 0,
        InstructionKind.IndirectCall => (mask & (Arguments | instruction.Reads)) != 0,
        InstructionKind.Return => (mask & (Results | instruction.Reads)) != 0,
        InstructionKind.IndirectJump => true,
        _ => (mask & instruction.Reads) != 0,
    };

    static bool IsLostIn(Instruction instruction, int mask)
        => instruction.IsCall && !CallShortening.KeepsRegisters(instruction.Symbol)
            ? (mask & (Registers.CallerSaved | Registers.Flags)) != 0
            : (mask & instruction.Writes) != 0;
}
