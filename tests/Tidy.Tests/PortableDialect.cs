using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twinbank.Tidy.Tests;

/// <summary>
/// What device code must not use, because nanoFramework or the bare-metal compiler cannot compile or run it. The
/// compilers find most of it too, but late and with messages about types that are missing from a core library.
/// CONTRIBUTING.md has the dialect as prose.
/// </summary>
internal static class PortableDialect
{
    /// <summary>The folders whose sources are compiled by all three compilers.</summary>
    public static readonly string[] Folders = ["device-agent/Core", "device-agent/Crypto", "device-agent/Agent"];

    /// <summary>The boot stage runs on bare metal only, but keeps to the same dialect.</summary>
    public static readonly string[] FoldersWithBoot = [.. Folders, "device-agent/Boot"];

    static readonly string[] s_valueTypes =
    [
        "bool", "byte", "sbyte", "short", "ushort", "int", "uint", "long", "ulong", "char", "float", "double", "nint",
        "nuint",
    ];

    static readonly string[] s_bannedTypes = ["Span", "ReadOnlySpan", "Memory", "ReadOnlyMemory", "Nullable", "Tuple"];

    public static IEnumerable<Finding> Check(SourceFile file)
    {
        foreach (SyntaxNode node in file.Root.DescendantNodes())
        {
            string? remedy = Remedy(node) ?? RemedyForDeclaration(node) ?? RemedyForFlow(node);
            if (remedy is not null)
            {
                yield return file.Find(node, remedy);
            }
        }
    }

    static string? Remedy(SyntaxNode node) => node switch
    {
        GenericNameSyntax generic when s_bannedTypes.Contains(generic.Identifier.Text)
            => $"{generic.Identifier.Text}<T> is not portable; pass `byte[] buffer, int offset, int count`",
        GenericNameSyntax => "generics do not run on nanoFramework 1.x; write the concrete type",
        TupleExpressionSyntax or TupleTypeSyntax or ParenthesizedVariableDesignationSyntax
            => "tuples are not portable; use a struct or out parameters",
        NullableTypeSyntax nullable when IsValueType(nullable.ElementType)
            => "a nullable value type is not portable; use a flag or a named value such as `None`",
        InterpolatedStringExpressionSyntax
            => "string interpolation is not portable; report a Status, or write parts one by one",
        BinaryExpressionSyntax binary when IsStringConcatenation(binary)
            => "string concatenation is not portable; report a Status, or write parts one by one",
        LiteralExpressionSyntax literal when literal.IsKind(SyntaxKind.Utf8StringLiteralExpression)
            => "u8 literals need ReadOnlySpan; write a byte array literal",
        RangeExpressionSyntax => "ranges are not portable; pass offset and count",
        PrefixUnaryExpressionSyntax prefix when prefix.IsKind(SyntaxKind.IndexExpression)
            => "`^1` is not portable; write `Length - 1`",
        BinaryExpressionSyntax shift when shift.IsKind(SyntaxKind.UnsignedRightShiftExpression)
            => "`>>>` keeps the bare-metal compiler from computing statics; shift an unsigned value with `>>`",
        AssignmentExpressionSyntax shift when shift.IsKind(SyntaxKind.UnsignedRightShiftAssignmentExpression)
            => "`>>>=` keeps the bare-metal compiler from computing statics; shift an unsigned value with `>>=`",
        TypeOfExpressionSyntax => "typeof is not there on bare metal; give the object a field that says its kind",
        AnonymousObjectCreationExpressionSyntax => "anonymous types are not portable; write a struct",
        QueryExpressionSyntax => "LINQ is not portable; write a for loop",
        ListPatternSyntax or SlicePatternSyntax => "list patterns are not portable; compare elements in a for loop",
        SpreadElementSyntax => "spreads are not portable; copy with Bytes.Copy",
        CheckedExpressionSyntax or CheckedStatementSyntax
            => "`checked` does nothing on nanoFramework; test the range before",
        StackAllocArrayCreationExpressionSyntax or ImplicitStackAllocArrayCreationExpressionSyntax
            => "stackalloc throws on nanoFramework; allocate in the constructor",
        _ => null,
    };

    static string? RemedyForDeclaration(SyntaxNode node) => node switch
    {
        TypeParameterListSyntax => "generics do not run on nanoFramework 1.x; write the concrete type",
        RecordDeclarationSyntax => "records are not portable; write a struct or a sealed class",
        InterfaceDeclarationSyntax
            => "interface calls cost four times a virtual call on bare metal; write an abstract class",
        EventDeclarationSyntax or EventFieldDeclarationSyntax => "events are not portable; call an abstract class",
        AccessorDeclarationSyntax accessor when accessor.IsKind(SyntaxKind.InitAccessorDeclaration)
            => "`init` is not portable; use the constructor, or `set`",
        UsingDirectiveSyntax directive when !IsPortableNamespace(directive)
            => $"`{directive.NamespaceOrType}` is not there on every target; use only Twinbank namespaces",
        FieldDeclarationSyntax field when IsStaticArrayAllocation(field)
            => "a static `new T[n]` puts n zeros into the flash image; allocate in a constructor, or write a literal",
        FieldDeclarationSyntax field when field.Modifiers.Any(SyntaxKind.VolatileKeyword)
            => "volatile is not there on nanoFramework; keep registers in BareMetal",
        MemberDeclarationSyntax member when member.Modifiers.Any(SyntaxKind.AsyncKeyword)
            => "async is not portable; return Status.Busy or NeedMoreData and let the caller call again",
        LocalFunctionStatementSyntax local when local.Modifiers.Any(SyntaxKind.AsyncKeyword)
            => "async is not portable; return Status.Busy or NeedMoreData and let the caller call again",
        ParameterSyntax parameter when parameter.Modifiers.Any(SyntaxKind.ThisKeyword)
            => "extension methods need an attribute that bare metal lacks; call the static method by its class",
        ParameterSyntax parameter when parameter.Modifiers.Any(SyntaxKind.ParamsKeyword)
            => "params allocates at every call, and bare metal never frees; take an array and a count",
        ArrayRankSpecifierSyntax { Rank: > 1 }
            => "arrays of several dimensions crash nanoFramework; use one array and compute the index",
        _ => null,
    };

    static string? RemedyForFlow(SyntaxNode node) => node switch
    {
        ThrowStatementSyntax or ThrowExpressionSyntax
            => "nothing catches on bare metal; return a Status (Status.Defect for a broken invariant)",
        TryStatementSyntax => "nothing catches on bare metal; return a Status",
        CommonForEachStatementSyntax => "foreach is not portable; write a for loop",
        UsingStatementSyntax => "`using` is not portable; call Close yourself",
        LocalDeclarationStatementSyntax local when local.UsingKeyword.IsKind(SyntaxKind.UsingKeyword)
            => "`using` is not portable; call Close yourself",
        LockStatementSyntax => "lock is not portable; the agent runs on one thread",
        YieldStatementSyntax => "yield is not portable; write a method that gives the next element",
        AwaitExpressionSyntax => "await is not portable; return Status.Busy and let the caller call again",
        SwitchExpressionSyntax expression when !expression.Arms.Any(IsCatchAll)
            => "a switch expression needs an arm `_`: without one it throws an exception type that is not there",
        _ => null,
    };

    static bool IsValueType(TypeSyntax type)
        => type is PredefinedTypeSyntax predefined && s_valueTypes.Contains(predefined.Keyword.Text);

    static bool IsStringConcatenation(BinaryExpressionSyntax binary)
        => binary.IsKind(SyntaxKind.AddExpression) && (IsString(binary.Left) || IsString(binary.Right));

    static bool IsString(ExpressionSyntax expression) => expression switch
    {
        LiteralExpressionSyntax literal => literal.IsKind(SyntaxKind.StringLiteralExpression),
        BinaryExpressionSyntax binary => IsStringConcatenation(binary),
        _ => false,
    };

    static bool IsCatchAll(SwitchExpressionArmSyntax arm)
        => arm.WhenClause is null && arm.Pattern is DiscardPatternSyntax or VarPatternSyntax;

    static bool IsPortableNamespace(UsingDirectiveSyntax directive)
    {
        string name = directive.NamespaceOrType.ToString();
        return name.StartsWith("Twinbank.", StringComparison.Ordinal);
    }

    static bool IsStaticArrayAllocation(FieldDeclarationSyntax field)
        => field.Modifiers.Any(SyntaxKind.StaticKeyword)
            && field.Declaration.Variables.Any(variable =>
                variable.Initializer?.Value is ArrayCreationExpressionSyntax { Initializer: null });
}
