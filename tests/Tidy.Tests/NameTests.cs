using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twinbank.Tidy.Tests;

[TestClass]
public sealed partial class NameTests
{
    [TestMethod]
    public void No_name_says_only_that_something_is_useful()
        => Finding.AssertNone(Repository.Files
            .Where(path => !Repository.IsUnder(path, "tests/Vectors") && !IsForeign(path))
            .Where(path => EmptyWord().IsMatch(path))
            .Select(path => new Finding(path, 0, "is named Utils, Helper, Manager or Common; name the thing it does"))
            .Concat(Repository.Sources.Where(file => !IsForeign(file.Path)).SelectMany(EmptyNames)));

    static IEnumerable<Finding> EmptyNames(SourceFile file)
        => file.Nodes<BaseTypeDeclarationSyntax>()
            .Where(type => EmptyWord().IsMatch(type.Identifier.Text))
            .Select(type => file.Find(type.Identifier, $"{type.Identifier.Text}: name what it does"));

    [TestMethod]
    public void Namespaces_are_file_scoped_and_follow_the_folders()
        => Finding.AssertNone(Repository.Sources.Where(file => !file.IsScript).SelectMany(NamespaceFindings));

    static IEnumerable<Finding> NamespaceFindings(SourceFile file)
    {
        if (IsForeign(file.Path))
        {
            yield break;
        }

        string expected = ExpectedNamespace(file.Path);
        foreach (BaseNamespaceDeclarationSyntax found in file.Nodes<BaseNamespaceDeclarationSyntax>())
        {
            if (found is NamespaceDeclarationSyntax)
            {
                yield return file.Find(found, "is a namespace with braces; write `namespace X;`");
            }

            if (found.Name.ToString() != expected)
            {
                yield return file.Find(found, $"is namespace {found.Name}; in this folder it is {expected}");
            }
        }
    }

    /// <summary>A core library declares System itself, so what belongs to one cannot follow these rules.</summary>
    static bool IsForeign(string path)
        => Repository.IsUnder(path, "device-agent/BareMetal", "device-agent/Samples", "nanoframework");

    /// <summary>device-agent/Core/Flash/X.cs is in Twinbank.Core.Flash, tests/Core.Tests/X.cs in Twinbank.Core.Tests.
    /// </summary>
    static string ExpectedNamespace(string path)
        => Repository.IsUnder(path, "tests/Shared")
            ? "Twinbank.Testing"
            : "Twinbank." + string.Join('.', path.Split('/')[1..^1]);

    /// <summary>So that a type is found by its file's name. Small enums may stand together, or before a type.</summary>
    [TestMethod]
    public void A_file_is_named_after_its_first_type()
        => Finding.AssertNone(Repository.Sources
            .Where(file => !file.IsScript && !IsForeign(file.Path))
            .SelectMany(file => TopTypes(file).Where(type => type is TypeDeclarationSyntax).Take(1)
                .Where(type => FirstPart(file.Path) != type.Identifier.Text)
                .Select(type => file.Find(type.Identifier, $"{type.Identifier.Text}: name the file after it"))));

    /// <summary>Enums, delegates and records of one line may join the type they belong to.</summary>
    [TestMethod]
    public void A_file_has_one_public_type()
        => Finding.AssertNone(Repository.Sources
            .Where(file => !file.IsScript && !IsForeign(file.Path))
            .SelectMany(file => TopTypes(file).OfType<TypeDeclarationSyntax>()
                .Where(type => type.Modifiers.Any(SyntaxKind.PublicKeyword) && !IsOneLiner(type))
                .Skip(1)
                .Select(type => file.Find(type.Identifier, $"{type.Identifier.Text} needs a file of its own"))));

    static bool IsOneLiner(TypeDeclarationSyntax type)
        => type is RecordDeclarationSyntax && type.OpenBraceToken.IsKind(SyntaxKind.None);

    static IEnumerable<BaseTypeDeclarationSyntax> TopTypes(SourceFile file)
        => file.Nodes<BaseTypeDeclarationSyntax>().Where(type => type.Parent is not TypeDeclarationSyntax);

    /// <summary>ErrorCode.Images.cs is a part of ErrorCode.</summary>
    static string FirstPart(string path) => path[(path.LastIndexOf('/') + 1)..].Split('.')[0];

    [TestMethod]
    public void Private_fields_are_camel_case_with_their_prefix()
        => Finding.AssertNone(Repository.Sources.Where(file => !IsForeign(file.Path))
            .SelectMany(file => file.Nodes<FieldDeclarationSyntax>().SelectMany(field => FieldFindings(file, field))));

    static IEnumerable<Finding> FieldFindings(SourceFile file, FieldDeclarationSyntax field)
    {
        if (field.Modifiers.Any(modifier => modifier.Kind() is SyntaxKind.PublicKeyword or SyntaxKind.InternalKeyword
            or SyntaxKind.ProtectedKeyword or SyntaxKind.ConstKeyword))
        {
            yield break;
        }

        Regex form = field.Modifiers.Any(SyntaxKind.StaticKeyword) ? StaticField() : InstanceField();
        foreach (VariableDeclaratorSyntax variable in field.Declaration.Variables)
        {
            if (!form.IsMatch(variable.Identifier.Text))
            {
                yield return file.Find(variable.Identifier,
                    $"{variable.Identifier.Text} is a private field: write `_camelCase`, or `s_camelCase` when static");
            }
        }
    }

    [TestMethod]
    public void Test_names_are_sentences()
        => Finding.AssertNone(Repository.Sources.Where(file => Repository.IsUnder(file.Path, "tests"))
            .SelectMany(file => file.Nodes<MethodDeclarationSyntax>()
                .Where(method => HasTestAttribute(method) && !Sentence().IsMatch(method.Identifier.Text))
                .Select(method => file.Find(method.Identifier,
                    $"{method.Identifier.Text} is not a sentence; write like Refuses_an_image_for_another_board"))));

    static bool HasTestAttribute(MethodDeclarationSyntax method)
        => method.AttributeLists.SelectMany(list => list.Attributes)
            .Any(attribute => attribute.Name.ToString() is "TestMethod" or "DataTestMethod");

    [GeneratedRegex(@"(^|[/.a-z0-9])(Utils?|Utilit(y|ies)|Helpers?|Managers?|Common|Misc)(?![a-z])")]
    private static partial Regex EmptyWord();

    [GeneratedRegex("^_[a-z][A-Za-z0-9]*$")]
    private static partial Regex InstanceField();

    [GeneratedRegex("^s_[a-z][A-Za-z0-9]*$")]
    private static partial Regex StaticField();

    /// <summary>At least two words between underscores, the first with a capital.</summary>
    [GeneratedRegex("^[A-Z][A-Za-z0-9]*(_[A-Za-z0-9]+)+$")]
    private static partial Regex Sentence();
}
