using Microsoft.CodeAnalysis;
using Twinbank.Testing;

namespace Twinbank.Portability.Tests;

/// <summary>The surface was written by hand; it must not promise what a device does not have.</summary>
[TestClass]
public sealed class ApiSurfaceTests
{
    const string ListPath = "tests/Vectors/nanoframework/mscorlib-1.17.txt";

    /// <summary>
    /// A member as both sides can state it: the list's type names are abridged, so types are not compared.
    /// </summary>
    sealed record Member(string Type, string Name, bool IsStatic, int ParameterCount);

    [TestMethod]
    public void Every_member_of_the_surface_is_in_the_devices_core_library()
    {
        HashSet<Member> real = [.. ReadList()];
        HashSet<string> listed = [.. real.Select(member => member.Type)];
        Member[] invented =
            [.. SurfaceMembers().Where(member => listed.Contains(member.Type) && !real.Contains(member))];
        Assert.IsEmpty(
            invented,
            $"Take out of nanoframework/ApiSurface what {ListPath} lacks: {string.Join(", ", (object[])invented)}");
    }

    [TestMethod]
    public void The_list_was_read()
        => CollectionAssert.IsSubsetOf(
            new Member[]
            {
                new("System.Array", "Copy", true, 5),
                new("System.Array", "Length", false, 0),
                new("System.String", "Empty", true, 0),
                new("System.String", ".ctor", false, 1),
            },
            ReadList().ToArray());

    static readonly SymbolDisplayFormat s_fullName =
        SymbolDisplayFormat.CSharpErrorMessageFormat.WithMiscellaneousOptions(SymbolDisplayMiscellaneousOptions.None);

    static IEnumerable<Member> SurfaceMembers()
        => Types(SurfaceCompiler.Surface.Assembly.GlobalNamespace)
            .Where(type => type.TypeKind is TypeKind.Class or TypeKind.Struct)
            .SelectMany(type => type.GetMembers()
                .Where(member => member.DeclaredAccessibility == Accessibility.Public && !IsLanguageDetail(member))
                .Select(member => new Member(
                    type.ToDisplayString(s_fullName),
                    member is IPropertySymbol { IsIndexer: true } indexer ? indexer.MetadataName : member.Name,
                    member.IsStatic,
                    member is IMethodSymbol method ? method.Parameters.Length : 0)));

    /// <summary>
    /// Accessors belong to their property; operators and overrides of Object are left out of the list.
    /// </summary>
    static bool IsLanguageDetail(ISymbol member)
        => member is IMethodSymbol
        {
            MethodKind: MethodKind.PropertyGet or MethodKind.PropertySet or MethodKind.UserDefinedOperator,
        }
        or IMethodSymbol { IsOverride: true }
        or IMethodSymbol { IsImplicitlyDeclared: true };

    static IEnumerable<INamedTypeSymbol> Types(INamespaceSymbol space)
        => space.GetTypeMembers().Concat(space.GetNamespaceMembers().SelectMany(Types));

    static IEnumerable<Member> ReadList()
    {
        string type = "";
        foreach (string line in File.ReadLines(RepositoryRoot.Combine(ListPath)))
        {
            if (!line.StartsWith(' '))
            {
                type = line.Split(' ')[1];
                continue;
            }

            yield return ReadMember(type, line.Trim());
        }
    }

    /// <summary>"static void Copy(Array a, int b)", "prop int Size { get; }", "field static T Name = 1", ".ctor()".
    /// </summary>
    static Member ReadMember(string type, string line)
    {
        bool isStatic = line.Split(' ').Take(2).Contains("static");
        int bracket = line.IndexOf('(', StringComparison.Ordinal);
        string head = bracket >= 0 ? line[..bracket] : line.Split('{', '=')[0].TrimEnd();
        string parameters = bracket >= 0 ? line[(bracket + 1)..line.LastIndexOf(')')] : "";
        int count = parameters.Length == 0 ? 0 : parameters.Split(',').Length;
        return new Member(type, head.Split(' ')[^1], isStatic, count);
    }
}
