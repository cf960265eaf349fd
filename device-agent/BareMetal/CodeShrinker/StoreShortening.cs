namespace Twinbank.BareMetal.CodeShrinker;

/// <summary>
/// A store of a reference is a call of a write barrier, for the collector. Nothing is collected here, so that the store
/// itself remains: of r1 to the address in r0, or, where both were only made for the call, of what they were made from.
/// </summary>
static class StoreShortening
{
    const int AddressRegister = 0;
    const int ValueRegister = 1;
    const int NarrowStoreReachBytes = 124;

    static readonly string[] s_barriers = ["\"RhpAssignRef\"", "\"RhpCheckedAssignRef\""];

    internal static void Run(MachineFunction function)
    {
        for (int i = 0; i < function.Body.Count; i++)
        {
            if (function.Body[i].Kind == InstructionKind.Call && s_barriers.Contains(function.Body[i].Symbol))
            {
                function.Body[i].Symbol = "";
                WriteStore(function.Body[i], ValueRegister, AddressRegister, 0);
                FoldAddress(function, i);
            }
        }

        function.Compact();
    }

    static void WriteStore(Instruction store, int value, int address, int offset)
    {
        int reads = 1 << value | 1 << address;
        if (value < 8 && address < 8 && offset <= NarrowStoreReachBytes && offset % 4 == 0)
        {
            store.BecomeNarrow(0x6000 | offset << 4 | address << 3 | value, reads, 0);
        }
        else
        {
            store.BecomeWide(0xF8C0 | address, value << 12 | offset, reads, 0);
        }
    }

    // add.w r0, rN, #offset
    static void FoldAddress(MachineFunction function, int index)
    {
        int found = FindMaker(function, index, AddressRegister);
        if (found < 0 || !Liveness.IsDead(function, index + 1, 1 << AddressRegister))
        {
            return;
        }

        Instruction maker = function.Body[found];
        int address = maker.First & 15;
        if (maker is not { IsWide: true, Kind: InstructionKind.Plain } || (maker.First & 0xFFF0) != 0xF100
            || (maker.Second & 0xFF00) != 0 || address == ValueRegister
            || IsWritten(function, found, index, maker.Reads))
        {
            return;
        }

        WriteStore(function.Body[index], ValueRegister, address, maker.Second & 0xFF);
        maker.Remove();
        FoldValue(function, index, address, maker.Second & 0xFF);
    }

    // mov r1, rN
    static void FoldValue(MachineFunction function, int index, int address, int offset)
    {
        int found = FindMaker(function, index, ValueRegister);
        if (found < 0 || !Liveness.IsDead(function, index + 1, 1 << ValueRegister))
        {
            return;
        }

        Instruction maker = function.Body[found];
        if (maker.IsNarrow(0xFF00, 0x4600) && !IsWritten(function, found, index, maker.Reads))
        {
            WriteStore(function.Body[index], maker.First >> 3 & 15, address, offset);
            maker.Remove();
        }
    }

    // The instruction that wrote the register last, when nothing else reads what it wrote, in the same run.
    static int FindMaker(MachineFunction function, int index, int register)
    {
        for (int i = index; i > 0 && !function.Body[i].IsTarget;)
        {
            Instruction before = function.Body[--i];
            if (before.IsCall || before.HasTarget || !before.FallsThrough)
            {
                return -1;
            }

            if (Registers.Has(before.Writes, register))
            {
                return i;
            }

            if (Registers.Has(before.Reads, register))
            {
                return -1;
            }
        }

        return -1;
    }

    static bool IsWritten(MachineFunction function, int from, int to, int mask)
        => function.Body.GetRange(from + 1, to - from - 1).Exists(between => (between.Writes & mask) != 0);
}
