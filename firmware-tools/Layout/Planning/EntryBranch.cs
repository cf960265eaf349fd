using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Planning;

/// <summary>The machine code of a branch from an old address to a new one.</summary>
public static class EntryBranch
{
    /// <summary>Reach of `b.w` (Arm ARM, A7.7.12 encoding T4) and of `jal` (RISC-V ISA, 2.5), in bytes.</summary>
    const long ThumbReach = 16 * 1024 * 1024, RiscVReach = 1024 * 1024;

    /// <summary>True when the machine has such a branch and it reaches.</summary>
    public static bool Reaches(ushort machine, uint from, uint to)
    {
        long distance = (long)to - from;
        long reach = machine == ElfObject.MachineArm ? ThumbReach : machine == ElfObject.MachineRiscV ? RiscVReach : 0;
        return (from & 1) == 0 && (to & 1) == 0 && distance >= -reach + 8 && distance <= reach - 8;
    }

    /// <summary>The branch as one little-endian word, the way it stands in memory.</summary>
    public static uint Encode(ushort machine, uint from, uint to)
        => machine == ElfObject.MachineArm ? Thumb((int)(to - from - 4)) : RiscV((int)(to - from));

    /// <summary>B.W: the two halfwords S:imm10 and J1:J2:imm11; J = NOT(I XOR S).</summary>
    static uint Thumb(int offset)
    {
        uint sign = (uint)(offset >> 24) & 1;
        uint j1 = ~((uint)(offset >> 23) ^ sign) & 1;
        uint j2 = ~((uint)(offset >> 22) ^ sign) & 1;
        uint first = 0xF000 | (sign << 10) | ((uint)(offset >> 12) & 0x3FF);
        uint second = 0x9000 | (j1 << 13) | (j2 << 11) | ((uint)(offset >> 1) & 0x7FF);
        return first | (second << 16);
    }

    /// <summary>JAL x0: imm[20|10:1|11|19:12].</summary>
    static uint RiscV(int offset)
    {
        uint bits = (uint)offset;
        return 0x6F | ((bits & 0x100000) << 11) | ((bits & 0x7FE) << 20) | ((bits & 0x800) << 9) | (bits & 0xFF000);
    }
}
