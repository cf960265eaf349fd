namespace Twinbank.Tidy.Tests;

[TestClass]
public sealed class PortableDialectTests
{
    [TestMethod]
    public void Device_code_keeps_to_the_portable_dialect()
        => Finding.AssertNone(Repository.Sources
            .Where(file => Repository.IsUnder(file.Path, PortableDialect.FoldersWithBoot))
            .SelectMany(PortableDialect.Check));

    /// <summary>The rule set is worth nothing if it lets these through.</summary>
    [TestMethod]
    [DataRow("class List<T> { }", "generics")]
    [DataRow("class C { void M<T>() { } }", "generics")]
    [DataRow("class C { Other<int> _field; }", "generics")]
    [DataRow("class C { void M(Span<byte> s) { } }", "Span")]
    [DataRow("class C { (int, int) M() => (1, 2); }", "tuples")]
    [DataRow("class C { int? _field; }", "nullable value")]
    [DataRow("class C { string M(int i) => $\"{i}\"; }", "interpolation")]
    [DataRow("class C { string M(string s) => s + \"x\"; }", "concatenation")]
    [DataRow("class C { object M() => \"x\"u8.Length; }", "u8")]
    [DataRow("class C { int M(int[] a) => a[^1]; }", "Length - 1")]
    [DataRow("class C { int[] M(int[] a) => a[1..]; }", "ranges")]
    [DataRow("class C { int M(int a) => a >>> 1; }", ">>>")]
    [DataRow("class C { object M() => typeof(C); }", "typeof")]
    [DataRow("class C { object M() => new { A = 1 }; }", "anonymous")]
    [DataRow("class C { bool M(int[] a) => a is [1, ..]; }", "list patterns")]
    [DataRow("class C { int M(int a) => checked(a + 1); }", "checked")]
    [DataRow("record C(int A);", "records")]
    [DataRow("interface IThing { }", "abstract class")]
    [DataRow("class C { int A { get; init; } }", "init")]
    [DataRow("using System.Linq; class C { }", "System.Linq")]
    [DataRow("class C { static readonly byte[] s_a = new byte[4096]; }", "flash image")]
    [DataRow("class C { volatile int _a; }", "volatile")]
    [DataRow("class C { async void M() { await N(); } }", "async")]
    [DataRow("static class C { static void M(this int a) { } }", "extension")]
    [DataRow("class C { void M(params int[] a) { } }", "params")]
    [DataRow("class C { int[,] _a; }", "several dimensions")]
    [DataRow("class C { void M() { throw null; } }", "Status")]
    [DataRow("class C { void M() { try { } finally { } } }", "Status")]
    [DataRow("class C { void M(int[] a) { foreach (int i in a) { } } }", "for loop")]
    [DataRow("class C { void M() { using var a = N(); } }", "using")]
    [DataRow("class C { void M() { lock (this) { } } }", "lock")]
    [DataRow("class C { object M() { yield return 1; } }", "yield")]
    [DataRow("class C { int M(int a) => a switch { 1 => 2 }; }", "arm `_`")]
    public void Catches_what_does_not_run_everywhere(string code, string expected)
        => Assert.Contains(
            expected,
            string.Join(' ', PortableDialect.Check(SourceFile.FromText("Bad.cs", code)).Select(f => f.Remedy)));

    [TestMethod]
    [DataRow("using Twinbank.Core; namespace Twinbank.Agent; public sealed class C { }")]
    [DataRow("struct S { public byte[] Bytes; public int Offset; }")]
    [DataRow("class C { static readonly uint[] s_table = { 1, 2, 3 }; string? _name; byte[]? _buffer; }")]
    [DataRow("class C { int M(int a) => a switch { 1 => 2, > 5 and < 9 => 3, _ => 0 }; }")]
    [DataRow("abstract class C { public abstract int Read(byte[] buffer, int offset, int count); }")]
    public void Lets_the_dialect_pass(string code)
        => Finding.AssertNone(PortableDialect.Check(SourceFile.FromText("Good.cs", code)));
}
