using System.Text;

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

    /// <summary>A person can type: a question makes sense.</summary>
    public bool InputIsTerminal { get; init; }

    /// <summary>
    /// Reads a line without showing it; null when the user gave up. Called only when a person can type.
    /// </summary>
    public Func<string?> ReadSecret { get; init; } = () => null;

    /// <summary>Value of an environment variable, or null.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public static HostTerminal Open()
        => new(
            Console.Out, Console.Error, !Console.IsOutputRedirected, !Console.IsErrorRedirected,
            Console.IsOutputRedirected ? WidthDefault : Math.Max(40, Console.WindowWidth))
        {
            InputIsTerminal = !Console.IsInputRedirected,
            ReadSecret = ReadSecretFromConsole,
        };

    static string? ReadSecretFromConsole()
    {
        var text = new StringBuilder();
        while (true)
        {
            ConsoleKeyInfo key = Console.ReadKey(intercept: true);
            switch (key.Key)
            {
                case ConsoleKey.Enter:
                    return text.ToString();
                case ConsoleKey.Escape:
                    return null;
                case ConsoleKey.Backspace:
                    text.Length = Math.Max(0, text.Length - 1);
                    break;
                default:
                    text.Append(key.KeyChar == '\0' ? "" : key.KeyChar.ToString());
                    break;
            }
        }
    }
}
