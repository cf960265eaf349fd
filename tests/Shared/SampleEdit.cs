namespace Twinbank.Testing;

/// <summary>One release of the chain: what is edited in the sources of the release before.</summary>
/// <param name="What">The kind of edit, for reports.</param>
/// <param name="Replacements">File, text to find (it must be there) and what it becomes.</param>
/// <param name="HasTrend">HELLO_MINOR of this release: the sample's own feature switch.</param>
internal sealed record SampleEdit(
    string What, (string File, string Find, string Replace)[] Replacements, bool HasTrend = false);
