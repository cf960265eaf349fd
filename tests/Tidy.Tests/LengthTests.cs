using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twinbank.Tidy.Tests;

/// <summary>A reader holds so much in mind and no more; the numbers are those of CONTRIBUTING.md.</summary>
[TestClass]
public sealed partial class LengthTests
{
    const int FileLinesMax = 600;
    const int MethodLinesMax = 70;
    const int LineCharactersMax = 120;

    static readonly string[] s_measuredExtensions =
        [".cs", ".c", ".h", ".S", ".ld", ".sh", ".csproj", ".props", ".targets"];

    [TestMethod]
    public void Files_stay_within_600_lines()
        => Finding.AssertNone(MeasuredFiles()
            .Select(path => (Path: path, Lines: Repository.ReadLines(path).Length))
            .Where(file => file.Lines > FileLinesMax)
            .Select(file => new Finding(file.Path, 0,
                $"has {file.Lines} lines, more than {FileLinesMax}; split it by message, state or step")));

    [TestMethod]
    public void Methods_stay_within_70_lines()
        => Finding.AssertNone(Repository.Sources.SelectMany(MethodFindings));

    [TestMethod]
    public void Counts_the_lines_of_a_method_from_its_name_to_its_brace()
    {
        string body = string.Concat(Enumerable.Repeat("\n        ;", MethodLinesMax - 2));
        var fits = SourceFile.FromText("Fits.cs", $"class C\n{{\n    [A]\n    void M() {{{body}\n    }}\n}}");
        var isLong = SourceFile.FromText("Long.cs", $"class C\n{{\n    void M() {{{body}\n        ;\n    }}\n}}");
        Assert.IsEmpty(MethodFindings(fits));
        Assert.HasCount(1, MethodFindings(isLong).ToArray());
    }

    static IEnumerable<Finding> MethodFindings(SourceFile file)
    {
        foreach (SyntaxNode method in file.Root.DescendantNodes().Where(HasBody))
        {
            int lines = LineCount(file, method);
            if (lines > MethodLinesMax)
            {
                yield return file.Find(method, $"a method of {lines} lines, more than {MethodLinesMax}; "
                    + "move the leaves of its logic into methods with names of their own");
            }
        }
    }

    static bool HasBody(SyntaxNode node)
        => node is BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax;

    /// <summary>Attributes, such as a test's rows of data, do not count.</summary>
    static int LineCount(SourceFile file, SyntaxNode method)
    {
        SyntaxList<AttributeListSyntax> attributes = method switch
        {
            MemberDeclarationSyntax member => member.AttributeLists,
            AccessorDeclarationSyntax accessor => accessor.AttributeLists,
            LocalFunctionStatementSyntax local => local.AttributeLists,
            _ => default,
        };
        SyntaxToken first = attributes.Count > 0
            ? attributes[^1].GetLastToken().GetNextToken()
            : method.GetFirstToken();
        return file.LineOf(method.GetLastToken()) - file.LineOf(first) + 1;
    }

    /// <summary>What stands in quotes does not count: a message that is kept whole can be searched for.</summary>
    [TestMethod]
    public void Lines_stay_within_120_characters()
        => Finding.AssertNone(MeasuredFiles().SelectMany(path =>
        {
            HashSet<int> quoted = LinesInsideStrings(path);
            return Repository.ReadLines(path)
                .Select((text, index) => (Text: Quoted().Replace(text, ""), Line: index + 1))
                .Where(line => line.Text.Length > LineCharactersMax && !quoted.Contains(line.Line))
                .Select(line => new Finding(path, line.Line,
                    $"has {line.Text.Length} characters, more than {LineCharactersMax}; break the line"));
        }));

    /// <summary>Lines of raw strings, such as a template of SVG.</summary>
    static HashSet<int> LinesInsideStrings(string path)
        => [.. Repository.Sources.Where(file => file.Path == path)
            .SelectMany(file => file.Nodes<ExpressionSyntax>()
                .Where(node => node is LiteralExpressionSyntax or InterpolatedStringExpressionSyntax)
                .Select(node => file.Tree.GetLineSpan(node.Span))
                .SelectMany(span => Enumerable.Range(
                    span.StartLinePosition.Line + 1, span.EndLinePosition.Line - span.StartLinePosition.Line)))];

    [GeneratedRegex("""(?<=")(\\.|[^"\\])*(?=")""")]
    private static partial Regex Quoted();

    static IEnumerable<string> MeasuredFiles()
        => Repository.TextFiles.Where(path => s_measuredExtensions.Contains(Path.GetExtension(path)));
}
