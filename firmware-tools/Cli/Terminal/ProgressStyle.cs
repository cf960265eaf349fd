namespace Twinbank.Cli.Terminal;

/// <summary>How progress is shown.</summary>
enum ProgressStyle
{
    /// <summary>One line that is drawn over: a person looks on.</summary>
    Bar,

    /// <summary>A line every two seconds: a log.</summary>
    Lines,

    /// <summary>A JSON object a line, up to ten a second: a program.</summary>
    Events,
}
