using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;

namespace Twinbank.Layout.Tests;

/// <summary>Words that arm-none-eabi-as and riscv64-unknown-elf-as 2.40 make of `b.w` and `j`.</summary>
[TestClass]
public sealed class EntryBranchTests
{
    [TestMethod]
    [DataRow((ushort)40, 0x800014C2u, 0x80001326u, 0xBF30F7FFu)]
    [DataRow((ushort)243, 0x80000142u, 0x800000D0u, 0xF8FFF06Fu)]
    public void Encodes_as_the_assembler_does(ushort machine, uint from, uint to, uint expected)
        => Assert.AreEqual($"{expected:X8}", $"{EntryBranch.Encode(machine, from, to):X8}");

    [TestMethod]
    public void Knows_how_far_a_branch_reaches()
    {
        Assert.IsTrue(EntryBranch.Reaches(ElfObject.MachineArm, 0x08000000, 0x08F00000));
        Assert.IsFalse(EntryBranch.Reaches(ElfObject.MachineArm, 0x08000000, 0x09000000));
        Assert.IsFalse(EntryBranch.Reaches(ElfObject.MachineRiscV, 0x08000000, 0x08100000));
        Assert.IsFalse(EntryBranch.Reaches(ElfObject.MachineArm, 0x08000001, 0x08000100));
        Assert.IsFalse(EntryBranch.Reaches(94, 0x08000000, 0x08000100));
    }
}
