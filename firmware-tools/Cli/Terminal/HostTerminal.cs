namespace Twinbank.Cli.Terminal;

/// <summary>Where a command reads and writes: the process's own streams, or those of a test.</summary>
/// <param name="Output">Results.</param>
/// <param name="Error">Progress and errors.</param>
/// <param name="OutputIsTerminal">A person looks at the results: colour and drawing characters make sense.</param>
/// <param name="ErrorIsTerminal">A person looks at the progress: a line may be drawn over.</param>
/// <param name="Width">Columns to draw for.</param>
public sealed record HostTerminal(
    TextWriter Output, TextWriter Error, bool OutputIsTerminal, bool ErrorIsTerminal, int Width)
{
    const int WidthDefault = 100;

    public static HostTerminal Open()
        => new(
            Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected,
            Console.IsOutputRedirected ? WidthDefault : Math.Max(40, Console.WindowWidth));
}
