using System.CommandLine;
using Twinbank.Errors;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw completion bash</c>: scripts that ask the tool itself what could follow.</summary>
static class CompletionCommand
{
    static readonly string[] s_shells = ["bash", "zsh", "fish", "pwsh"];

    internal static Command Create(CommandHost host)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh.", HelpName = "shell" };
        shell.CompletionSources.Add(_ => s_shells);
        return host.Make("completion", "Write a completion script for a shell.", (parsed, output, _) =>
        {
            string name = parsed.GetRequiredValue(shell);
            if (!s_shells.Contains(name))
            {
                throw new FirmwareException(
                    ErrorCode.BadArgument, ("argument", "the shell"), ("value", name),
                    ("reason", "it is one of " + string.Join(", ", s_shells)));
            }

            string script = ReadScript(name);
            output.Result(new { shell = name, script }, () => output.Results.Write(script));
            return Task.CompletedTask;
        }, shell);
    }

    static string ReadScript(string shell)
    {
        using Stream stream = typeof(CompletionCommand).Assembly.GetManifestResourceStream(shell)
            ?? throw new InvalidOperationException($"The build lacks the script for {shell}.");
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }
}
