using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Tests;

[TestClass]
public sealed class PieceKeyTests
{
    [TestMethod]
    [DataRow("build/main.o", "", ".bss.count.1", "main.o|.bss.count")]
    [DataRow("main.o", "", ".text.parse.constprop.0.isra.3", "main.o|.text.parse.constprop.isra")]
    [DataRow("app.o", "", ".text.step.lto_priv.12", "app.o|.text.step.lto_priv")]
    [DataRow("main.o", "", ".rodata.main.str1.4", "main.o|.rodata.main.str1.4")]
    [DataRow("main.o", "", ".rodata.cst8", "main.o|.rodata.cst8")]
    [DataRow("/usr/lib/libc.a", "lib_a-puts.o", ".text", "libc.a:lib_a-puts.o|.text")]
    [DataRow("libcore-0123456789abcdef.rlib", "core-0123456789abcdef.core.fedcba9876543210-cgu.0.rcgu.o",
        ".text._ZN4core3fmt17h0123456789abcdefE", "libcore.rlib:core.core.rcgu.o|.text._ZN4core3fmt17hE")]
    public void Keeps_words_and_drops_what_is_numbered_anew(string file, string member, string section, string expected)
        => Assert.AreEqual(expected, PieceKey.Of(file, member, section));

    [TestMethod]
    public void Recognises_a_function_by_its_stem_when_the_compiler_clones_it()
        => Assert.AreEqual("a.o|.text.parse", PieceKey.StemOf(PieceKey.Of("a.o", "", ".text.parse.isra.0")));
}
