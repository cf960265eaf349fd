namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// The compiler makes an address in a register and calls through it (12 bytes), so that the linker can put the function
/// anywhere. An image is never larger than the reach of a direct call (4 bytes).
/// </summary>
static class CallShortening
{
    /// <summary>Routines of cpu.S that change no register besides their arguments.</summary>
    static readonly string[] s_keepers =
        ["\"RhpAssignRef\"", "\"RhpCheckedAssignRef\"", "\"RhpByRefAssignRef\"", "\"RhpStackProbe\""];

    /// <summary>Routines of cpu.S that never come back.</summary>
    static readonly string[] s_ends = ["\"panic_", "\"RhpThrowEx\"", "\"RhpRethrow\"", "\"RhpFallbackFailFast\""];

    internal static bool KeepsRegisters(string symbol) => s_keepers.Contains(symbol);

    internal static void Run(MachineFunction function)
    {
        for (int i = 0; i < function.Body.Count; i++)
        {
            Instruction address = function.Body[i];
            if (address.Kind == InstructionKind.Address && address.Value == 0
                && Registers.Has(Registers.CallerSaved, address.Register)
                && FindCall(function, i) is int call and > 0)
            {
                bool isJump = function.Body[call].Kind == InstructionKind.IndirectJump;
                DropNullCheck(function.Body[call - 1]);
                function.Body[call].BecomeCall(address.Symbol);
                function.Body[call].Kind = isJump ? InstructionKind.TailCall : InstructionKind.Call;
                address.Remove();
            }
        }

        function.Compact();
        DropTraps(function);
        DropByteChecks(function);
    }

    // The same elsewhere: a signed byte at the start of an object, which is part of its type, and nobody looks at it.
    static void DropByteChecks(MachineFunction function)
    {
        for (int i = 0; i < function.Body.Count; i++)
        {
            Instruction load = function.Body[i];
            if (load is { Kind: InstructionKind.Plain, IsWide: true } && (load.First & 0xFFF0) == 0xF990
                && (load.Second & 0x0FFF) == 0 && Liveness.IsDead(function, i + 1, load.Writes))
            {
                load.Remove();
            }
        }

        function.Compact();
    }

    // The only use of the register must be the call, in the same run of instructions.
    static int FindCall(MachineFunction function, int index)
    {
        Instruction address = function.Body[index];
        int register = Registers.Bit(address.Register);
        for (int i = index + 1; i < function.Body.Count; i++)
        {
            Instruction next = function.Body[i];
            if (next.IsTarget || next.HasTarget || next.Kind == InstructionKind.Call)
            {
                return -1;
            }

            if (next.Kind == InstructionKind.IndirectJump && next.Register == address.Register)
            {
                return i;
            }

            if (!next.FallsThrough)
            {
                return -1;
            }

            if (next.Kind == InstructionKind.IndirectCall)
            {
                bool isLost = !KeepsRegisters(address.Symbol) || Liveness.IsDead(function, i + 1, register);
                return next.Register == address.Register && isLost ? i : -1;
            }

            if ((next.Mentions & register) != 0)
            {
                return -1;
            }
        }

        return -1;
    }

    // A load through the first argument, behind the address of the function, is for the fault that a null reference
    // gives. The function called gives it as soon as it uses the object.
    static void DropNullCheck(Instruction before)
    {
        if (before.IsNarrow(0xFFF8, 0x6800)
            || before is { Kind: InstructionKind.Plain, IsWide: true, First: 0xF8D0 } && (before.Second & 0xFFF) == 0)
        {
            before.Remove();
        }
    }

    // The compiler's guard behind a call that it knows not to return.
    static void DropTraps(MachineFunction function)
    {
        for (int i = 1; i < function.Body.Count; i++)
        {
            Instruction before = function.Body[i - 1];
            if (function.Body[i] is { Kind: InstructionKind.Trap, IsTarget: false }
                && before.Kind == InstructionKind.Call && Array.Exists(s_ends, before.Symbol.StartsWith))
            {
                function.Body[i].Remove();
            }
        }

        function.Compact();
    }
}
