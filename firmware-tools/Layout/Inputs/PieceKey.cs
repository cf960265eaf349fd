using System.Text.RegularExpressions;

namespace Twinbank.Layout.Inputs;

/// <summary>
/// Names that survive a build: a compiler numbers clones (<c>foo.constprop.3</c>), static variables (<c>count.1</c>)
/// and code units, and Rust adds hashes. The numbers go, the words stay.
/// </summary>
public static partial class PieceKey
{
    /// <summary>File without folders, member and section, each without numbers: <c>libc.a:puts.o|.text</c>.</summary>
    public static string Of(string file, string member, string section)
    {
        string name = CodeUnit().Replace(file.Replace('\\', '/').Split('/')[^1], "");
        string inner = member.Length == 0 ? "" : ":" + CodeUnit().Replace(member, "");
        return $"{name}{inner}|{SectionOf(section)}";
    }

    /// <summary>The section's name without the words of clones, too: a last resort to recognise a piece.</summary>
    public static string StemOf(string key) => CloneWord().Replace(key, "");

    static string SectionOf(string section)
    {
        string text = RustHash().Replace(CloneNumber().Replace(section, "$1"), "17hE");

        // .rodata.str1.4 and .rodata.cst8 mean their numbers; in count.0 it is only a counter.
        return MergeableName().IsMatch(text) ? text : TrailingNumber().Replace(text, "");
    }

    [GeneratedRegex(@"(\.(?:constprop|isra|part|lto_priv|llvm|localalias|clone|cold))\.\d+")]
    private static partial Regex CloneNumber();

    [GeneratedRegex(@"\.(?:constprop|isra|part|lto_priv|llvm|localalias|clone)\b")]
    private static partial Regex CloneWord();

    [GeneratedRegex(@"17h[0-9a-f]{16}E")]
    private static partial Regex RustHash();

    [GeneratedRegex(@"[-.][0-9a-f]{16}(?=[-.]|$)|-cgu\.\d+")]
    private static partial Regex CodeUnit();

    [GeneratedRegex(@"\.(?:str\d+\.\d+|cst\d+)$")]
    private static partial Regex MergeableName();

    [GeneratedRegex(@"(?:\.\d+)+$")]
    private static partial Regex TrailingNumber();
}
