namespace Twinbank.Cli.Commands;

/// <summary>Progress&lt;T&gt; would post to the pool and reorder; progress is shown as it happens.</summary>
sealed class Relay<T>(Action<T> action) : IProgress<T>
{
    public void Report(T value) => action(value);
}
