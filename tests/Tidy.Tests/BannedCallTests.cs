using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Twinbank.Tidy.Tests;

/// <summary>Calls that are wrong in some folders, each with what to use instead.</summary>
[TestClass]
public sealed class BannedCallTests
{
    /// <summary>One banned member: `Type.Member`, or `Type` for all of them.</summary>
    sealed record Ban(string Call, string[] Folders, string[] Except, string Remedy);

    static readonly Ban[] s_bans =
    [
        new("Console", ["firmware-tools", "device-agent"], ["firmware-tools/Cli"],
            "a library reports by results, events and errors; only firmware-tools/Cli writes to the console"),
        new("Environment.Exit", ["firmware-tools", "device-agent"], [],
            "ends the program under its caller; return an exit code, or throw a FirmwareException"),
        new("DateTime.UtcNow", ["firmware-tools", "device-agent"], [], "take a TimeProvider and ask it"),
        new("DateTime.Now", ["firmware-tools", "device-agent"], [], "take a TimeProvider and ask it"),
        new("DateTimeOffset.UtcNow", ["firmware-tools", "device-agent"], [], "take a TimeProvider and ask it"),
        new("DateTimeOffset.Now", ["firmware-tools", "device-agent"], [], "take a TimeProvider and ask it"),
        new("Thread.Sleep", ["firmware-tools", "device-agent", "tests"], ["tests/EndToEnd"],
            "await Task.Delay with a TimeProvider, or wait for the event itself"),
        new("Random.Shared", ["device-agent", "tests"], [],
            "nobody can repeat what it did; take a Random with a stated seed"),
        new("BitConverter", ["firmware-tools", "device-agent"], ["device-agent/BareMetal"],
            "depends on the machine's byte order; use BinaryPrimitives, or LittleEndian in device code"),
        new("GC.Collect", ["firmware-tools", "device-agent", "tests"], ["tests/Benchmarks"],
            "hides a leak; dispose what holds the memory"),
    ];

    [TestMethod]
    public void No_banned_call_is_used()
        => Finding.AssertNone(Repository.Sources.SelectMany(Check));

    [TestMethod]
    [DataRow("firmware-tools/Images/A.cs", "class C { void M() => Console.WriteLine(); }")]
    [DataRow("firmware-tools/Images/A.cs", "class C { void M() => System.Console.WriteLine(); }")]
    [DataRow("firmware-tools/Links/A.cs", "class C { object M() => DateTime.UtcNow; }")]
    [DataRow("device-agent/Core/A.cs", "class C { void M() => System.Threading.Thread.Sleep(1); }")]
    public void Catches_a_banned_call(string path, string code)
        => Assert.HasCount(1, Check(SourceFile.FromText(path, code)).ToArray());

    [TestMethod]
    [DataRow("firmware-tools/Cli/A.cs", "class C { void M() => Console.WriteLine(); }")]
    [DataRow("firmware-tools/Images/A.cs", "class C { void M(string consoleName) => Log(consoleName); }")]
    public void Lets_other_calls_pass(string path, string code)
        => Finding.AssertNone(Check(SourceFile.FromText(path, code)));

    static IEnumerable<Finding> Check(SourceFile file)
        => file.Nodes<MemberAccessExpressionSyntax>().SelectMany(access => s_bans
            .Where(ban => Matches(ban, access)
                && Repository.IsUnder(file.Path, ban.Folders)
                && !Repository.IsUnder(file.Path, ban.Except))
            .Select(ban => file.Find(access, $"{ban.Call} is banned here: {ban.Remedy}")));

    static bool Matches(Ban ban, MemberAccessExpressionSyntax access)
    {
        string type = access.Expression switch
        {
            IdentifierNameSyntax name => name.Identifier.Text,
            MemberAccessExpressionSyntax qualified => qualified.Name.Identifier.Text,
            _ => "",
        };
        return ban.Call == type || ban.Call == $"{type}.{access.Name.Identifier.Text}";
    }

    [TestMethod]
    public void Build_variants_are_files_not_preprocessor_conditions()
        => Finding.AssertNone(Repository.Sources
            .Where(file => !Repository.IsUnder(file.Path, "device-agent/BareMetal", "nanoframework"))
            .SelectMany(file => file.Root.DescendantTrivia()
                .Where(trivia => trivia.Kind() is SyntaxKind.IfDirectiveTrivia or SyntaxKind.RegionDirectiveTrivia)
                .Select(trivia => file.Find(trivia.GetStructure()!,
                    "`#if` and `#region` are banned; put the difference into a type, the part into a file"))));
}
