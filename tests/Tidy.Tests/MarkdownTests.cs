using System.Text.RegularExpressions;

namespace Twinbank.Tidy.Tests;

[TestClass]
public sealed partial class MarkdownTests
{
    static IEnumerable<string> Pages
        => Repository.TextFiles.Where(path => path.EndsWith(".md", StringComparison.Ordinal));

    [TestMethod]
    public void Links_lead_somewhere()
        => Finding.AssertNone(Pages.SelectMany(page => Links(page)
            .Where(link => !IsExternal(link.Target) && Complaint(page, link.Target) is not null)
            .Select(link => new Finding(page, link.Line, Complaint(page, link.Target)!))));

    /// <summary>A page that no other page links to is one that nobody finds.</summary>
    [TestMethod]
    public void Every_page_can_be_reached_from_the_first()
    {
        var reached = new HashSet<string>(StringComparer.Ordinal) { "README.md" };
        var open = new Queue<string>(reached);
        while (open.TryDequeue(out string? page))
        {
            foreach (string target in Targets(page).Where(reached.Add))
            {
                open.Enqueue(target);
            }
        }

        Finding.AssertNone(Pages.Where(page => !IsReached(page, reached)).Select(page =>
            new Finding(page, 0, "is linked from no page that README.md leads to; link it where readers would look")));
    }

    [TestMethod]
    public void A_page_has_one_title_and_it_comes_first()
        => Finding.AssertNone(Pages
            .Where(page => !Prose(page).First().Text.StartsWith("# ", StringComparison.Ordinal)
                || Prose(page).Count(line => line.Text.StartsWith("# ", StringComparison.Ordinal)) > 1)
            .Select(page => new Finding(page, 1, "needs one line `# Title`, as its first")));

    /// <summary>The lines outside fenced blocks; `# Comment` in a block is no title, `[a](b)` no link.</summary>
    static IEnumerable<(string Text, int Line)> Prose(string page)
    {
        bool isFenced = false;
        string[] lines = Repository.ReadLines(page);
        for (int i = 0; i < lines.Length; i++)
        {
            bool isFence = lines[i].TrimStart().StartsWith("```", StringComparison.Ordinal);
            isFenced ^= isFence;
            if (!isFence && !isFenced)
            {
                yield return (lines[i], i + 1);
            }
        }
    }

    /// <summary>A link to a folder covers the pages in it.</summary>
    static bool IsReached(string page, HashSet<string> reached)
        => reached.Contains(page) || reached.Contains(page[..Math.Max(page.LastIndexOf('/'), 0)]);

    /// <summary>What a page links to inside the repository; files that are no pages lead nowhere.</summary>
    static IEnumerable<string> Targets(string page)
        => !Pages.Contains(page)
            ? []
            : Links(page)
                .Where(link => !IsExternal(link.Target))
                .Select(link => Resolve(page, link.Target.Split('#')[0]));

    static string? Complaint(string page, string target)
    {
        string[] parts = target.Split('#');
        string path = parts[0].Length == 0 ? page : Resolve(page, parts[0]);
        if (!Repository.Exists(path))
        {
            return $"links to {target}, which does not exist";
        }

        bool needsHeading = parts.Length > 1 && path.EndsWith(".md", StringComparison.Ordinal);
        return needsHeading && !Anchors(path).Contains(parts[1])
            ? $"links to {target}, but that page has no such heading"
            : null;
    }

    static string Resolve(string page, string target)
    {
        string folder = page.Contains('/', StringComparison.Ordinal) ? page[..page.LastIndexOf('/')] : "";
        string full = Path.GetFullPath(Path.Combine(Repository.Root, folder, Uri.UnescapeDataString(target)));
        return Path.GetRelativePath(Repository.Root, full).Replace('\\', '/').TrimEnd('/');
    }

    static bool IsExternal(string target)
        => target.Contains("://", StringComparison.Ordinal) || target.StartsWith("mailto:", StringComparison.Ordinal);

    static IEnumerable<(string Target, int Line)> Links(string page)
        => Prose(page).SelectMany(line => Link().Matches(CodeSpan().Replace(line.Text, ""))
            .Select(match => (match.Groups[1].Value, line.Line)));

    /// <summary>Headings as the anchors that forges make of them: lower case, dashes, punctuation dropped.</summary>
    static HashSet<string> Anchors(string page)
        => [.. Prose(page).Where(line => line.Text.StartsWith('#')).Select(line =>
            AnchorDropped().Replace(line.Text.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-'))];

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();

    [GeneratedRegex("`[^`]*`")]
    private static partial Regex CodeSpan();

    [GeneratedRegex(@"[^\p{L}\p{N} _\-]")]
    private static partial Regex AnchorDropped();
}
