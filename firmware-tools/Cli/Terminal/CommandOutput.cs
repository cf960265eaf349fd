using System.Text.Json;
using System.Text.Json.Serialization;
using Spectre.Console;
using Twinbank.Errors;

namespace Twinbank.Cli.Terminal;

/// <summary>
/// What a command says. Results go to standard output, as text or as one JSON object; progress and errors go to
/// standard error.
/// </summary>
public sealed class CommandOutput
{
    static readonly JsonSerializerOptions s_json = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase, WriteIndented = true,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
    };

    static readonly JsonSerializerOptions s_jsonLine = new(s_json) { WriteIndented = false };

    readonly HostTerminal _terminal;
    readonly bool _json;
    readonly bool _quiet;

    public CommandOutput(HostTerminal terminal, bool json, bool quiet)
    {
        _terminal = terminal;
        _json = json;
        _quiet = quiet;
        bool colour = terminal.OutputIsTerminal && !json
            && string.IsNullOrEmpty(Environment.GetEnvironmentVariable("NO_COLOR"));
        Screen = AnsiConsole.Create(new AnsiConsoleSettings
        {
            Ansi = colour ? AnsiSupport.Yes : AnsiSupport.No,
            ColorSystem = colour ? ColorSystemSupport.Standard : ColorSystemSupport.NoColors,
            Interactive = InteractionSupport.No,
            Out = new AnsiConsoleOutput(terminal.Output),
        });
        Screen.Profile.Width = terminal.Width;
    }

    /// <summary>Draws tables on standard output, with colour where a person sees it.</summary>
    public IAnsiConsole Screen { get; }

    public bool IsJson => _json;

    public TextWriter Results => _terminal.Output;

    /// <summary>
    /// The result of the command: an object for programs, or whatever <paramref name="text"/> writes.
    /// </summary>
    public void Result(object value, Action text)
    {
        if (_json)
        {
            _terminal.Output.WriteLine(JsonSerializer.Serialize(value, s_json));
        }
        else
        {
            text();
        }
    }

    /// <summary>One object of a stream: a single line of JSON, or a line of text.</summary>
    public void StreamItem(object value, string text)
        => _terminal.Output.WriteLine(_json ? JsonSerializer.Serialize(value, s_jsonLine) : text);

    /// <summary>Progress in words, to standard error; nothing with --quiet.</summary>
    public void Note(string line)
    {
        if (!_quiet)
        {
            _terminal.Error.WriteLine(line);
        }
    }

    /// <summary>A bar on a terminal, a line now and then elsewhere, nothing with --quiet.</summary>
    public ProgressLine StartProgress(string what)
        => new(_quiet ? null : _terminal.Error, _terminal.ErrorIsTerminal, what);

    public void Fail(FirmwareException error)
    {
        if (_json)
        {
            Result(
                new
                {
                    error = new
                    {
                        code = error.Code.Id, error.Title, error.Detail, error.Remedy, transient = error.IsTransient,
                    },
                },
                () => { });
        }

        _terminal.Error.WriteLine($"error {error.Code.Id}: {error.Title}");
        _terminal.Error.WriteLine($"  {error.Detail}");
        _terminal.Error.WriteLine($"  {error.Remedy}");
        if (error.InnerException is { } cause)
        {
            _terminal.Error.WriteLine($"  (cause: {cause.Message})");
        }
    }
}
