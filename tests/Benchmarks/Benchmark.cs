namespace Twinbank.Benchmarks;

/// <summary>A group of measures that share their preparation.</summary>
internal abstract class Benchmark
{
    /// <summary>The word on the command line.</summary>
    public abstract string Name { get; }

    /// <summary>What is measured and how, as one sentence for the report.</summary>
    public abstract string Explanation { get; }

    /// <summary>The measures; a single one that says why when this machine lacks what it takes.</summary>
    public abstract IEnumerable<Measure> Run();
}
