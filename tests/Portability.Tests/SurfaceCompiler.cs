using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Twinbank.Testing;

namespace Twinbank.Portability.Tests;

/// <summary>Compiles C# with nanoframework/ApiSurface as the only core library.</summary>
internal static class SurfaceCompiler
{
    static readonly CSharpParseOptions s_parseOptions = new(LanguageVersion.CSharp14);

    static readonly CSharpCompilationOptions s_options = new(
        OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable);

    static readonly Lazy<CSharpCompilation> s_surface = new(CompileSurface);

    public static CSharpCompilation Surface => s_surface.Value;

    static CSharpCompilation CompileSurface()
    {
        string folder = RepositoryRoot.Combine("nanoframework/ApiSurface");
        return CSharpCompilation.Create("mscorlib", Parse(PortableSources.SourcesUnder(folder)), [], s_options);
    }

    public static IEnumerable<SyntaxTree> Parse(IEnumerable<string> paths)
        => paths.Select(path => CSharpSyntaxTree.ParseText(File.ReadAllText(path), s_parseOptions, path));

    /// <summary>The errors of one snippet.</summary>
    public static IReadOnlyList<Diagnostic> Errors(string code)
        => Errors([CSharpSyntaxTree.ParseText(code, s_parseOptions)]);

    /// <summary>
    /// The errors of the sources together. Emits, because what the compiler itself needs of the core library (a helper
    /// for initialised arrays, a type behind `int?`) is looked up only then.
    /// </summary>
    public static IReadOnlyList<Diagnostic> Errors(IEnumerable<SyntaxTree> trees)
    {
        var compilation = CSharpCompilation.Create("Portable", trees, [Surface.ToMetadataReference()], s_options);
        using var output = new MemoryStream();
        return [.. compilation.Emit(output).Diagnostics.Where(d => d.Severity == DiagnosticSeverity.Error)];
    }
}
