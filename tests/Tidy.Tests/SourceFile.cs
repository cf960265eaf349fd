using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twinbank.Tidy.Tests;

/// <summary>A C# file with its syntax tree.</summary>
internal sealed class SourceFile
{
    static readonly CSharpParseOptions s_options = new(LanguageVersion.Preview, DocumentationMode.Parse);

    SourceFile(string path, SyntaxTree tree)
    {
        Path = path;
        Tree = tree;
        Root = tree.GetCompilationUnitRoot();
    }

    public string Path { get; }

    public SyntaxTree Tree { get; }

    public CompilationUnitSyntax Root { get; }

    /// <summary>Script programs have no project, no namespace and top-level statements.</summary>
    public bool IsScript => Repository.IsUnder(Path, "scripts");

    public static SourceFile Load(string path) => new(path, Parse(Repository.Read(path), path));

    /// <summary>A file that exists only in a test, to prove that a rule catches what it should.</summary>
    public static SourceFile FromText(string path, string text) => new(path, Parse(text, path));

    /// <summary>Every node of the type, in the order of the text.</summary>
    public IEnumerable<T> Nodes<T>()
        where T : SyntaxNode
        => Root.DescendantNodes().OfType<T>();

    /// <summary>Line of the node's first token, from 1; comments before it do not count.</summary>
    public int LineOf(SyntaxNode node) => LineOf(node.GetFirstToken());

    public int LineOf(SyntaxToken token) => Tree.GetLineSpan(token.Span).StartLinePosition.Line + 1;

    public Finding Find(SyntaxNode node, string remedy) => new(Path, LineOf(node), remedy);

    public Finding Find(SyntaxToken token, string remedy) => new(Path, LineOf(token), remedy);

    static SyntaxTree Parse(string text, string path) => CSharpSyntaxTree.ParseText(text, s_options, path);
}
