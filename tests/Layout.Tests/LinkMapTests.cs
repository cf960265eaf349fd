using Twinbank.Errors;
using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Tests;

/// <summary>Excerpts of maps that GNU ld 2.40 wrote, and everything that can be wrong with one.</summary>
[TestClass]
public sealed class LinkMapTests
{
    const string Map = """
        Archive member included to satisfy reference by file (symbol)

        Linker script and memory map

        LOAD start.o
                        0x80000000                        image_start = ORIGIN (IMAGE)

        .text           0x80000000      0x200
         *(.text.twinbank_entry)
         .text.twinbank_entry
                        0x80000000       0x5c start.o
                        0x80000000                twinbank_entry
         *fill*         0x8000005c        0x4
         .text.main     0x80000060       0x40 main.o
         .text          0x800000a0       0x20 /usr/lib/libm.a(lib_a-s_floor.o)
         .text.empty    0x800000c0        0x0 main.o
         .text.stub     0x800000c0        0x8 linker stubs
         .rodata.main.str1.1
                        0x800000c8       0x5b main.o
                                         0x5d (size before relaxing)

        .data           0x44000000       0x10 load address 0x80000200
                        0x44000000                        image_data_start = .
         .data.count.0  0x44000000        0x4 main.o

        .a_long_output_section_name
                        0x44000010        0x8
         COMMON         0x44000010        0x8 old.o
        """;

    [TestMethod]
    public void Reads_what_the_linker_wrote()
    {
        LinkMap map = LinkMap.Parse(Map.Replace("\n        ", "\n", StringComparison.Ordinal), "app.map");
        string[] expected =
        [
            ".text .text.twinbank_entry 80000000 5C start.o ",
            ".text .text.main 80000060 40 main.o ",
            ".text .text 800000A0 20 /usr/lib/libm.a lib_a-s_floor.o",
            ".text .rodata.main.str1.1 800000C8 5B main.o ",
            ".data .data.count.0 44000000 4 main.o ",
            ".a_long_output_section_name COMMON 44000010 8 old.o ",
        ];
        CollectionAssert.AreEqual(expected, map.Sections.Select(section
            => $"{section.OutputSection} {section.Name} {section.Address:X} {section.SizeBytes:X} {section.File} "
                + section.Member).ToArray());
        Assert.AreEqual(0x80000200u, map.FindOutput(".data")!.Value.LoadAddress);
        Assert.AreEqual(0x80000000u, map.FindOutput(".text")!.Value.LoadAddress);
        Assert.AreEqual(8u, map.FindOutput(".a_long_output_section_name")!.Value.SizeBytes);
    }

    [TestMethod]
    public void Reads_a_line_with_a_great_gap_in_its_file_name_at_once()
    {
        string gap = new(' ', 300_000);
        string line = $" .text.a 0x80000000 0x4 a{gap}b";
        var watch = System.Diagnostics.Stopwatch.StartNew();
        LinkMap map = LinkMap.Parse(
            $"Linker script and memory map\n\n.text 0x80000000 0x4\n{line}{gap}\n", "app.map");
        Assert.IsLessThan(5000, watch.ElapsedMilliseconds);
        Assert.AreEqual($"a{gap}b", map.Sections.Single().File);
    }

    [TestMethod]
    public void Refuses_what_is_no_map_and_says_so()
    {
        foreach (string text in new[] { "", "not a map", "Linker script and memory map\n\nLOAD a.o\n" })
        {
            FirmwareException error = Assert.ThrowsExactly<FirmwareException>(() => LinkMap.Parse(text, "app.map"));
            Assert.AreEqual(ErrorCode.BadLinkMap, error.Code);
        }
    }

    [TestMethod]
    public void Survives_every_prefix_and_every_changed_character()
    {
        string map = Map.Replace("\n        ", "\n", StringComparison.Ordinal);
        for (int i = 0; i < map.Length; i++)
        {
            Try(map[..i]);
            foreach (char c in "\0 \n(9f*.")
            {
                Try(map[..i] + c + map[(i + 1)..]);
            }
        }

        static void Try(string text)
        {
            try
            {
                LinkMap.Parse(text, "app.map");
            }
            catch (FirmwareException error)
            {
                Assert.AreEqual(ErrorCode.BadLinkMap, error.Code);
            }
        }
    }
}
