using Microsoft.CodeAnalysis;

namespace Twinbank.Portability.Tests;

/// <summary>
/// The portable code against nanoFramework's core library. nanoframework/PortableCheck does the same in every build;
/// these tests prove that the surface refuses what it should.
/// </summary>
[TestClass]
public sealed class NanoFrameworkTests
{
    [TestMethod]
    public void The_portable_sources_compile_against_the_surface()
    {
        SyntaxTree[] trees = [.. SurfaceCompiler.Parse(PortableSources.Files)];
        Assert.IsGreaterThan(20, trees.Length, "The globs of PortableSources find too few files; correct the folders.");
        Assert.IsEmpty(SurfaceCompiler.Errors(trees), "Write it in the portable dialect: CONTRIBUTING.md.");
    }

    [TestMethod]
    public void The_surface_itself_is_sound()
        => Assert.IsEmpty(SurfaceCompiler.Surface.GetDiagnostics()
            .Where(d => d.Severity == DiagnosticSeverity.Error)
            .Where(d => d.Id != "CS0824"));

    [TestMethod]
    [DataRow("class C { void M(System.Span<byte> s) { } }", DisplayName = "Span")]
    [DataRow("class C { System.ReadOnlySpan<byte> M() => \"a\"u8; }", DisplayName = "u8")]
    [DataRow("class C { (int, int) M() => (1, 2); }", DisplayName = "ValueTuple")]
    [DataRow("class C { int? _field; }", DisplayName = "Nullable<T>")]
    [DataRow("class C { int? M(C? c) => c?.N(); int N() => 1; }", DisplayName = "?. on a value")]
    [DataRow("class C { string M(int i) => $\"{i}\"; }", DisplayName = "interpolation")]
    [DataRow("class C { string M(string s, string t) => s + t; }", DisplayName = "concatenation")]
    [DataRow("record C(int A);", DisplayName = "record")]
    [DataRow("record struct C(int A);", DisplayName = "record struct")]
    [DataRow("class C { int M(int[] a) => a[^1]; }", DisplayName = "index from the end")]
    [DataRow("class C { int[] M(int[] a) => a[1..]; }", DisplayName = "range")]
    [DataRow("class C { volatile int _a; }", DisplayName = "volatile")]
    [DataRow("class C { decimal _a; }", DisplayName = "decimal")]
    [DataRow("class C { System.Collections.IEnumerable M() { yield return 1; } }", DisplayName = "yield")]
    [DataRow("class C { async void M() { } }", DisplayName = "async")]
    [DataRow("class C { System.Action<int>? _a; }", DisplayName = "Action<T>")]
    [DataRow("class C { object M() => new { A = 1 }; }", DisplayName = "anonymous type")]
    [DataRow("class C { int M(int a) => System.Math.Max(a, 1); }", DisplayName = "Math")]
    [DataRow("class C { void M(byte[] a) => System.Buffer.BlockCopy(a, 0, a, 1, 1); }", DisplayName = "Buffer")]
    [DataRow("class C { void M(byte[] a) => System.Array.Fill(a, (byte)1); }", DisplayName = "Array.Fill")]
    [DataRow("class C { void M(byte[] a) => System.Array.Reverse(a); }", DisplayName = "Array.Reverse")]
    [DataRow("class C { int M() => System.Environment.TickCount; }", DisplayName = "Environment")]
    [DataRow("using System.Collections.Generic; class C { }", DisplayName = "generic collections")]
    [DataRow("using System.Linq; class C { }", DisplayName = "LINQ")]
    [DataRow("using System.Text; class C { }", DisplayName = "System.Text")]
    [DataRow("using System.Buffers.Binary; class C { }", DisplayName = "BinaryPrimitives")]
    [DataRow("class C { [System.ThreadStatic] static int s_a; }", DisplayName = "ThreadStatic")]
    public void Refuses_what_a_device_does_not_have(string code)
        => Assert.IsNotEmpty(SurfaceCompiler.Errors(code), $"The surface lets this pass: {code}");

    [TestMethod]
    [DataRow("public struct S { public const int Size = 4; public byte[] Bytes; public S(byte[] b) { Bytes = b; } }")]
    [DataRow("class C { static readonly uint[] s_a = { 1, 2, 3, 4, 5 }; uint M(int i) => s_a[i] >> 3; }")]
    [DataRow("class C { int M(int a) => a switch { 1 => 2, > 5 and < 9 => 3, _ => 0 }; }")]
    [DataRow("enum E : byte { A = 1 } class C { byte M(E e) => (byte)e; bool N(E e) => e is E.A; }")]
    [DataRow("abstract class B { public abstract int M(); } sealed class C : B { public override int M() => 1; }")]
    [DataRow("class C(byte[] buffer) { int A => buffer.Length; ulong M(ulong a, ulong b) => (a * b) ^ (a << 7); }")]
    [DataRow("class C { string? _name; bool M(string a) => a == \"x\" && _name == null; char N(string a) => a[0]; }")]
    [DataRow("class C { void M(byte[] a) => System.Array.Copy(a, 0, a, 1, 2); }")]
    [DataRow("struct S { public int A; } class C { void M(in S s, ref S t, out S u) { t = s; u = default; } }")]
    public void Accepts_the_portable_dialect(string code)
        => Assert.IsEmpty(SurfaceCompiler.Errors(code));
}
