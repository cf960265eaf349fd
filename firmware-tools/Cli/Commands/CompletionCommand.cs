using System.CommandLine;
using Twinbank.Errors;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw completion bash</c>: scripts that ask the tool itself what could follow.</summary>
static class CompletionCommand
{
    static readonly Dictionary<string, string> s_scripts = new(StringComparer.Ordinal)
    {
        ["bash"] = """
            # fw completion for bash:  source <(fw completion bash)
            _fw() {
                local IFS=$'\n'
                COMPREPLY=( $(fw "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null | grep -F -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _fw fw
            """,
        ["zsh"] = """
            # fw completion for zsh:  source <(fw completion zsh)
            _fw() {
                local -a found
                found=("${(@f)$(fw "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
                compadd -- $found
                _files
            }
            compdef _fw fw
            """,
        ["fish"] = """
            # fw completion for fish:  fw completion fish | source
            complete -c fw -a '(fw "[suggest:"(commandline -C)"]" (commandline -cp) 2>/dev/null)'
            """,
        ["pwsh"] = """
            # fw completion for PowerShell:  fw completion pwsh | Out-String | Invoke-Expression
            Register-ArgumentCompleter -Native -CommandName fw -ScriptBlock {
                param($word, $line, $position)
                fw "[suggest:$position]" "$line" 2>$null | Where-Object { $_ -like "$word*" } |
                    ForEach-Object { [System.Management.Automation.CompletionResult]::new($_) }
            }
            """,
    };

    internal static Command Create(CommandHost host)
    {
        var shell = new Argument<string>("shell") { Description = "bash, zsh, fish or pwsh.", HelpName = "shell" };
        shell.CompletionSources.Add(
            _ => s_scripts.Keys.Select(k => new System.CommandLine.Completions.CompletionItem(k)));
        return host.Make("completion", "Write a completion script for a shell.", (parsed, output, _) =>
        {
            string name = parsed.GetRequiredValue(shell);
            if (!s_scripts.TryGetValue(name, out string? script))
            {
                throw new FirmwareException(
                    ErrorCode.BadArgument, ("argument", "the shell"), ("value", name),
                    ("reason", "it is one of " + string.Join(", ", s_scripts.Keys)));
            }

            output.Result(new { shell = name, script }, () => output.Results.WriteLine(script));
            return Task.CompletedTask;
        }, shell);
    }
}
