using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Twinbank.Cli.Rendering;
using Twinbank.Cli.Reporting;
using Twinbank.Errors;

namespace Twinbank.Cli.Terminal;

/// <summary>
/// What a command says. Results go to standard output, as text or as one JSON object; progress and errors go to
/// standard error.
/// </summary>
public sealed class CommandOutput
{
    const int LabelWidth = 8;

    /// <summary>Wide enough that a sentence in a log stays on one line.</summary>
    const int WidthInFiles = 1000;

    static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    static readonly JsonSerializerOptions s_jsonLine = new(s_json) { WriteIndented = false };

    readonly HostTerminal _terminal;
    readonly OutputSettings _settings;
    readonly ReportLog _log;

    internal CommandOutput(HostTerminal terminal, OutputSettings settings, ReportLog log)
    {
        _terminal = terminal;
        _settings = settings;
        _log = log;
        Screen = Draw(terminal.Output, terminal.OutputIsTerminal && !settings.Json);
    }

    /// <summary>Draws tables on standard output, with colour where a person sees it.</summary>
    public IAnsiConsole Screen { get; }

    public bool IsJson => _settings.Json;

    /// <summary>Value of an environment variable, or null.</summary>
    internal string? Variable(string name) => _terminal.Variable(name);

    public TextWriter Results => _terminal.Output;

    /// <summary>
    /// The result of the command: an object for programs, or whatever <paramref name="text"/> writes.
    /// </summary>
    public void Result(object value, Action text)
    {
        if (_settings.Json)
        {
            _terminal.Output.WriteLine(JsonSerializer.Serialize(value, s_json));
        }
        else
        {
            text();
        }
    }

    /// <summary>The value as indented JSON, as <see cref="Result"/> writes it.</summary>
    internal static string Json(object value) => JsonSerializer.Serialize(value, s_json);

    /// <summary>One object of a stream: a single line of JSON, or a line of text.</summary>
    public void StreamItem(object value, string text)
        => _terminal.Output.WriteLine(_settings.Json ? JsonSerializer.Serialize(value, s_jsonLine) : text);

    /// <summary>Progress in words, to standard error; nothing with --quiet.</summary>
    public void Note(string line)
    {
        _log.Add(TimeProvider.System, line);
        if (!_settings.Quiet)
        {
            _terminal.Error.WriteLine(line);
        }
    }

    /// <summary>
    /// A bar on a terminal, a line now and then elsewhere, an object a line for programs, nothing with --quiet.
    /// </summary>
    public ProgressLine StartProgress(string what)
        => new(_settings.Quiet ? null : _terminal.Error, ProgressStyleNow, what);

    ProgressStyle ProgressStyleNow
        => _settings.Json ? ProgressStyle.Events
            : _terminal.ErrorIsTerminal ? ProgressStyle.Bar
            : ProgressStyle.Lines;

    /// <summary>Asks for something that must not be seen; null when nobody can be asked, or the user gave up.</summary>
    public string? AskSecret(string question)
    {
        if (_settings.NonInteractive || !_terminal.InputIsTerminal || !_terminal.ErrorIsTerminal)
        {
            return null;
        }

        _terminal.Error.Write(question + " ");
        string? answer = _terminal.ReadSecret();
        _terminal.Error.WriteLine();
        return answer;
    }

    /// <summary>
    /// What went wrong, why, and what to do: on standard error for people, as one object for programs.
    /// </summary>
    public void Fail(FirmwareException error)
    {
        if (_settings.Json)
        {
            Result(new { error = View(error) }, () => { });
        }

        IAnsiConsole console = Draw(_terminal.Error, _terminal.ErrorIsTerminal);
        console.MarkupLine($"[red bold]error {error.Code.Id}:[/] [bold]{Markup.Escape(error.Title)}[/]");
        WritePart(console, "cause:", error.Detail);
        WritePart(console, "remedy:", error.Remedy);
    }

    internal static object View(FirmwareException error) => new
    {
        code = error.Code.Id, error.Title, error.Detail, error.Remedy, exitCode = (int)error.Code.Exit,
        transient = error.IsTransient,
    };

    static void WritePart(IAnsiConsole console, string label, string text)
    {
        string head = "  " + label.PadRight(LabelWidth);
        foreach (string line in TextWrap.Lines(text, Math.Max(20, console.Profile.Width - head.Length - 1)))
        {
            console.MarkupLine($"[grey]{head}[/]{Markup.Escape(line)}");
            head = new string(' ', head.Length);
        }
    }

    /// <summary>A surface to draw on: coloured where a person sees it, and never broken into lines elsewhere.</summary>
    IAnsiConsole Draw(TextWriter writer, bool isTerminal)
    {
        bool colour = isTerminal && !_settings.NoColor && string.IsNullOrEmpty(_terminal.Variable("NO_COLOR"))
            && _terminal.Variable("TERM") != "dumb";
        IAnsiConsole console = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(writer),
            Enrichment = new ProfileEnrichment { UseDefaultEnrichers = false },
        });
        console.Profile.Width = isTerminal ? _terminal.Width : WidthInFiles;
        return console;
    }
}
