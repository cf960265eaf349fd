using System.Text.Json;
using Twinbank.Cli.Terminal;

namespace Twinbank.Cli.Tests;

/// <summary>One run of fw in this process, with everything it wrote.</summary>
internal sealed record CommandRun(int ExitCode, string Out, string Error)
{
    public static CommandRun Of(params string[] arguments) => On(null, arguments);

    /// <summary>A run on a terminal that differs from the plain one: a person, a size, variables.</summary>
    public static CommandRun On(Func<HostTerminal, HostTerminal>? change, params string[] arguments)
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var terminal = new HostTerminal(output, error, false, false, 80) { Variable = _ => null };
        int exit = FwApplication.RunAsync(arguments, change?.Invoke(terminal) ?? terminal).GetAwaiter().GetResult();
        return new CommandRun(exit, output.ToString(), error.ToString());
    }

    /// <summary>Standard output as the one JSON value that it must be.</summary>
    public JsonElement Json
    {
        get
        {
            using JsonDocument document = JsonDocument.Parse(Out);
            return document.RootElement.Clone();
        }
    }

    public override string ToString() => $"exit {ExitCode}\n--- out\n{Out}\n--- error\n{Error}";
}
