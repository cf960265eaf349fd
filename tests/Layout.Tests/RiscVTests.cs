using System.Diagnostics;
using Twinbank.Layout.Inputs;
using Twinbank.Layout.Planning;
using Twinbank.Layout.Records;
using Twinbank.Layout.Reports;
using Twinbank.Layout.Scripts;

namespace Twinbank.Layout.Tests;

/// <summary>Two releases of a small program for RV32IMAC, linked by GNU ld and checked; no board runs it.</summary>
[TestClass]
public sealed class RiscVTests
{
    const string Compiler = "riscv64-unknown-elf-gcc";

    const string Main = """
        extern int twice(int);
        volatile int out;
        static int table[4] = {1, 2, 3, 4};
        int main(void) { out = twice(table[out]) + twice(4) + twice(5) + twice(6) + twice(7); for (;;) { } }
        void start(void) { __asm__ volatile("la sp, 0x44100000"); main(); }
        """;

    const string Script = """
        ENTRY(start)
        MEMORY { IMAGE (rx) : ORIGIN = 0x80000000, LENGTH = 1M
                 RAM (rw) : ORIGIN = 0x44000000, LENGTH = 1M }
        SECTIONS
        {
            .text : { *(.text.start) *(.text .text.*) } > IMAGE
            .rodata : { *(.rodata .rodata.* .srodata .srodata.*) } > IMAGE
            .data : { *(.data .data.* .sdata .sdata.*) } > RAM AT> IMAGE
            .bss (NOLOAD) : { *(.bss .bss.* .sbss .sbss.*) *(COMMON) } > RAM
            /DISCARD/ : { *(.comment) *(.note*) *(.eh_frame*) }
        }
        """;

    [TestMethod]
    [Timeout(120_000)]
    public void Keeps_the_old_address_of_a_function_that_moved_alive()
    {
        if (!(Environment.GetEnvironmentVariable("PATH") ?? "").Split(':')
            .Any(path => File.Exists(Path.Combine(path, Compiler))))
        {
            Assert.Inconclusive($"{Compiler} is not installed (apt-get install gcc-riscv64-unknown-elf).");
        }

        string folder = Directory.CreateTempSubdirectory("fw-riscv-").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "main.c"), Main);
            File.WriteAllText(Path.Combine(folder, "app.ld"), Script);
            (LayoutPlan first, _) = Link(folder, "int twice(int x) { return 2 * x; }", null);
            (LayoutPlan second, byte[] elf) = Link(
                folder, "int twice(int x) { return x > 1000 ? x / 3 + 17 : 2 * x; }", first.ToRecord());
            PlacedPiece moved = second.Pieces.Single(placed => placed.Piece.EntrySymbol == "twice");
            EntryPoint entry = second.Entries.Single();
            Assert.AreEqual(moved.PreviousAddress, entry.Address);
            Assert.AreEqual(entry.Address + JumpDistance(elf, entry.Address), moved.Address);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static (LayoutPlan Plan, byte[] Elf) Link(string folder, string twice, LayoutRecord? previous)
    {
        File.WriteAllText(Path.Combine(folder, "twice.c"), twice);
        Run(folder, "-c", "-Os", "-fno-inline", "-ffunction-sections", "-fdata-sections", "main.c", "twice.c");
        LinkInputs link = LinkOnce(folder, "app.ld", "normal");
        var geometry = new LayoutGeometry("test", 0x80000000, 0x100000, 0x10000, 0x1000);
        LayoutPlan plan = LayoutPlanner.Plan(link, geometry, previous);
        File.WriteAllText(Path.Combine(folder, "stable.ld"), StableScript.Write(plan, Script, "app.ld"));
        LayoutCheck.Verify(LinkOnce(folder, "stable.ld", "stable"), plan.ToRecord());
        return (plan, File.ReadAllBytes(Path.Combine(folder, "stable.elf")));
    }

    static LinkInputs LinkOnce(string folder, string script, string name)
    {
        Run(folder, "-nostdlib", "-nostartfiles", "main.o", "twice.o", "-T", script, "-o", $"{name}.elf",
            $"-Wl,--gc-sections,--no-relax,--build-id=none,-Map={name}.map");
        return LinkReader.Read(
            ElfObject.Parse(File.ReadAllBytes(Path.Combine(folder, $"{name}.elf")), name),
            LinkMap.Parse(File.ReadAllText(Path.Combine(folder, $"{name}.map")), name),
            new InputFiles(file => File.ReadAllBytes(Path.Combine(folder, file))));
    }

    /// <summary>The distance of a `jal x0`, read bit by bit (RISC-V ISA, 2.5).</summary>
    static uint JumpDistance(byte[] elf, uint address)
    {
        ElfObject file = ElfObject.Parse(elf, "stable.elf");
        ElfSection text = file.Sections.Single(section => section.Name == ".text");
        uint word = BitConverter.ToUInt32(file.Bytes(text).Slice((int)(address - text.Address), 4));
        Assert.AreEqual(0x6Fu, word & 0xFFF, "jal x0");
        uint distance = ((word >> 21) & 0x3FF) << 1 | ((word >> 20) & 1) << 11 | ((word >> 12) & 0xFF) << 12;
        return word >> 31 == 0 ? distance : distance | 0xFFF00000;
    }

    static void Run(string folder, params string[] arguments)
    {
        using var process = Process.Start(
            new ProcessStartInfo(Compiler, ["-march=rv32imac", "-mabi=ilp32", .. arguments])
            {
                WorkingDirectory = folder, RedirectStandardError = true,
            })!;
        string errors = process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.AreEqual(0, process.ExitCode, errors);
    }
}
