using Twinbank.BareMetal.CodeShrinker;
using Twinbank.Testing;

namespace Twinbank.Portability.Tests.Shrinking;

/// <summary>
/// The build step that shortens what ilc compiled. Half-words are from GNU as; that the programs still do the same is
/// shown by PlatformTests and the update stories, which run them.
/// </summary>
[TestClass]
public sealed class CodeShrinkerTests
{
    // movw rX, #0xfff4; movt rX, #0xfff8; add rX, pc: the address of a symbol of another object file.
    static readonly ushort[] s_addressInR3 = [0xF64F, 0x73F4, 0xF6CF, 0x73F8, 0x447B];
    static readonly ushort[] s_addressInR12 = [0xF64F, 0x7CF4, 0xF6CF, 0x7CF8, 0x44FC];

    const ushort CallR3 = 0x4798;
    const ushort CallR12 = 0x47E0;
    const ushort JumpR3 = 0x4718;
    const ushort Return = 0x4770;

    static string[] Shrink(ObjectFile file)
    {
        MachineProgram program = MachineProgram.Read(ElfObject.Parse(file.ToBytes()));
        program.Shrink();
        return
        [
            .. AssemblyWriter.Write(program).Split('\n').Select(line => line.Trim())
                .Where(line => line.Length > 0 && !line.StartsWith('"') && !IsDirective(line)),
        ];
    }

    static bool IsDirective(string line)
        => line[0] == '.' && !line.StartsWith(".inst", StringComparison.Ordinal)
            && !line.StartsWith(".Ltext", StringComparison.Ordinal);

    static void AssertBody(ObjectFile file, params string[] expected)
        => CollectionAssert.AreEqual(expected, Shrink(file));

    [TestMethod]
    public void Calls_through_a_register_become_direct_calls()
        => AssertBody(
            new ObjectFile().Function("f", [.. s_addressInR3, CallR3, Return]).RefersTo("g", 0),
            "bl \"g\"", ".inst.n 0x4770");

    [TestMethod]
    public void A_call_of_a_function_of_the_same_file_is_found_by_its_distance()
        => AssertBody(
            new ObjectFile().Function("g", Return)
                .Function("f", 0xF64F, 0x73F1, 0xF6CF, 0x73FF, 0x447B, CallR3, Return),
            ".inst.n 0x4770", "bl \"g\"", ".inst.n 0x4770");

    [TestMethod]
    public void A_jump_through_a_register_becomes_a_direct_jump()
        => AssertBody(new ObjectFile().Function("f", [.. s_addressInR3, JumpR3]).RefersTo("g", 0), "b.w \"g\"");

    [TestMethod]
    public void An_address_that_something_else_uses_stays_in_its_register()
        => AssertBody(
            new ObjectFile().Function("f", [.. s_addressInR3, 0x4618, CallR3, Return]).RefersTo("g", 0),
            "ldr r3, =\"g\"+0", ".inst.n 0x4618", ".inst.n 0x4798", ".inst.n 0x4770");

    [TestMethod]
    public void An_address_from_another_way_through_the_function_stays_in_its_register()
        => AssertBody(
            new ObjectFile().Function("f", [.. s_addressInR3, 0xD0FF, CallR3, Return]).RefersTo("g", 0),
            "ldr r3, =\"g\"+0", "beq .Ltextc", ".Ltextc:", ".inst.n 0x4798", ".inst.n 0x4770");

    [TestMethod]
    [DataRow((ushort)0x6021, (ushort)0xF104, (ushort)0x0000, DisplayName = "str r1, [r4, #0]")]
    [DataRow((ushort)0x61A1, (ushort)0xF104, (ushort)0x0018, DisplayName = "str r1, [r4, #24]")]
    public void A_write_barrier_becomes_a_store(ushort store, ushort addFirst, ushort addSecond)
        => AssertBody(
            new ObjectFile()
                .Function("f", [addFirst, addSecond, .. s_addressInR12, CallR12, 0x2000, Return])
                .RefersTo("RhpAssignRef", 4),
            $".inst.n 0x{store:x4}", ".inst.n 0x2000", ".inst.n 0x4770");

    [TestMethod]
    public void A_store_keeps_the_address_that_is_needed_later()
        => AssertBody(
            new ObjectFile().Function("f", [0xF104, 0x0018, .. s_addressInR12, CallR12, Return])
                .RefersTo("RhpAssignRef", 4),
            ".inst.w 0xf1040018", ".inst.n 0x6001", ".inst.n 0x4770");

    // ldr r2, [r0] between the address and the call
    [TestMethod]
    public void A_check_for_null_is_left_to_the_function_that_is_called()
        => AssertBody(
            new ObjectFile().Function("f", [.. s_addressInR3, 0x6802, CallR3, Return]).RefersTo("g", 0),
            "bl \"g\"", ".inst.n 0x4770");

    // push {r4, lr}; pop {r4, lr}; bx r3
    [TestMethod]
    public void A_call_at_the_end_returns_by_itself_where_that_is_shorter()
        => AssertBody(
            new ObjectFile().Function("f", [0xB510, .. s_addressInR3, 0xE8BD, 0x4010, JumpR3]).RefersTo("g", 2),
            ".inst.n 0xb510", "bl \"g\"", ".inst.n 0xbd10");

    // push {r4, lr}; str r0, [sp, #8]; ...: an argument of g may be on the stack.
    [TestMethod]
    public void A_call_at_the_end_stays_a_jump_where_the_stack_is_used()
        => AssertBody(
            new ObjectFile().Function("f", [0xB510, 0x9002, .. s_addressInR3, 0xE8BD, 0x4010, JumpR3]).RefersTo("g", 4),
            ".inst.n 0xb510", ".inst.n 0x9002", ".inst.w 0xe8bd4010", "b.w \"g\"");

    // push {r4, fp, lr}; add fp, sp, #4; pop {r4, fp, pc}
    [TestMethod]
    public void A_frame_pointer_that_nobody_reads_is_not_set_up()
        => AssertBody(
            new ObjectFile().Function("f", 0xE92D, 0x4810, 0xF10D, 0x0B04, 0xE8BD, 0x8810),
            ".inst.n 0xb590", ".inst.n 0xbd90");

    // ldr r0, [fp, #-4] between
    [TestMethod]
    public void A_frame_pointer_that_is_read_stays()
        => Assert.HasCount(
            4, Shrink(new ObjectFile().Function("f", 0xE92D, 0x4810, 0xF10D, 0x0B04, 0xF85B, 0x0C04, 0xE8BD, 0x8810)));

    // The link register is loaded for a jump to another function: pop {r4, fp, lr}; bx r3
    [TestMethod]
    public void A_frame_that_ends_in_a_jump_is_taken_down_in_full()
        => AssertBody(
            new ObjectFile().Function("f", [0xE92D, 0x4810, 0xF10D, 0x0B04, .. s_addressInR3, 0xE8BD, 0x4810, JumpR3])
                .RefersTo("g", 8),
            ".inst.n 0xb590", "bl \"g\"", ".inst.n 0xbd90");

    // cmp r0, #0; beq over one instruction
    [TestMethod]
    public void A_comparison_with_zero_and_its_branch_become_one()
        => AssertBody(
            new ObjectFile().Function("f", 0x2800, 0xD000, 0x2001, 0x2101, Return),
            "cbz r0, .Ltext6", ".inst.n 0x2001", ".Ltext6:", ".inst.n 0x2101", ".inst.n 0x4770");

    // ... with a bge behind it, which still reads the flags
    [TestMethod]
    public void A_comparison_whose_flags_are_read_later_stays()
        => Assert.Contains(
            ".inst.n 0x2800",
            Shrink(new ObjectFile().Function("f", 0x2800, 0xD000, 0x4671, 0xDAFF, 0x2101, Return)));

    /// <summary>Calls through function pointers look at bit 1.</summary>
    [TestMethod]
    public void A_function_whose_address_is_a_value_lies_at_a_multiple_of_four()
    {
        ObjectFile file = new ObjectFile().Function("g", Return)
            .Function("f", 0xF64F, 0x73F1, 0xF6CF, 0x73FF, 0x447B, 0x4618, Return);
        MachineProgram program = MachineProgram.Read(ElfObject.Parse(file.ToBytes()));
        program.Shrink();
        string text = AssemblyWriter.Write(program);
        StringAssert.Contains(text, "\t.section \".text.g\",\"ax\",%progbits\n\t.balign 4\n");
        StringAssert.Contains(text, "\t.section \".text.f\",\"ax\",%progbits\n\t.balign 2\n");
    }

    [TestMethod]
    [DataRow((ushort)0x4800, (ushort)0xBF00, DisplayName = "literal pool")]
    [DataRow((ushort)0xBF08, (ushort)0x2001, DisplayName = "conditional block")]
    [DataRow((ushort)0xE8D0, (ushort)0xF001, DisplayName = "table branch")]
    public void Refuses_instructions_that_it_does_not_understand(ushort first, ushort second)
        => Assert.ThrowsExactly<InvalidDataException>(
            () => Shrink(new ObjectFile().Function("f", first, second, Return)));

    [TestMethod]
    public void Refuses_every_cut_off_object_file()
    {
        byte[] whole = new ObjectFile().Function("f", [.. s_addressInR3, CallR3, Return]).RefersTo("g", 0).ToBytes();
        for (int length = 0; length < whole.Length; length++)
        {
            Assert.ThrowsExactly<InvalidDataException>(() => ElfObject.Parse(whole[..length]), $"{length} bytes");
        }
    }

    [TestMethod]
    public void The_same_object_file_gives_the_same_assembly()
    {
        string path = RepositoryRoot.Combine("device-agent/BareMetal/EmcraftSf2/obj/BootStage.EmcraftSf2.o");
        if (!File.Exists(path))
        {
            Assert.Inconclusive("The boot stage is not built here: its compiler runs on linux-x64 only.");
        }

        Assert.AreEqual(Text(path), Text(path));
    }

    static string Text(string path)
    {
        MachineProgram program = MachineProgram.Read(ElfObject.Parse(File.ReadAllBytes(path)));
        program.Shrink();
        return AssemblyWriter.Write(program);
    }
}
