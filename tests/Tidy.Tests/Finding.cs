namespace Twinbank.Tidy.Tests;

/// <summary>One breach of a rule: where, and what to do about it.</summary>
/// <param name="Path">Relative to the repository, with forward slashes.</param>
/// <param name="Line">Counts from 1; 0 when the finding is about the file as a whole.</param>
/// <param name="Remedy">What is there and what to do instead, as one sentence.</param>
internal sealed record Finding(string Path, int Line, string Remedy)
{
    public override string ToString() => Line == 0 ? $"{Path}: {Remedy}" : $"{Path}:{Line}: {Remedy}";

    /// <summary>Fails the test with every finding, one per line, so that one run shows all the work.</summary>
    public static void AssertNone(IEnumerable<Finding> findings)
    {
        Finding[] all = [.. findings.OrderBy(f => f.Path, StringComparer.Ordinal).ThenBy(f => f.Line)];
        if (all.Length > 0)
        {
            Assert.Fail($"{all.Length} to mend:\n{string.Join('\n', all.AsEnumerable())}");
        }
    }
}
