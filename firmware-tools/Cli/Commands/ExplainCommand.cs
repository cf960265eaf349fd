using System.CommandLine;
using Spectre.Console;
using Twinbank.Errors;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw explain FW4102</c></summary>
static class ExplainCommand
{
    internal static Command Create(CommandHost host)
    {
        var code = new Argument<string?>("code")
        {
            Description = "An error code, such as FW2005. Without one, all codes are listed.",
            Arity = ArgumentArity.ZeroOrOne, HelpName = "code",
        };
        code.CompletionSources.Add(
            _ => ErrorCatalog.All.Select(c => new System.CommandLine.Completions.CompletionItem(c.Id)));
        return host.Make("explain", "Explain an error code, or list all of them.", (parsed, output, _) =>
        {
            string? text = parsed.GetValue(code);
            if (text == null)
            {
                List(output);
                return Task.CompletedTask;
            }

            ErrorCode found = ErrorCatalog.Find(text)
                ?? throw new FirmwareException(ErrorCode.UnknownErrorCode, ("text", text));
            output.Result(View(found), () =>
            {
                output.Results.WriteLine($"{found.Id}  {found.Title}");
                output.Results.WriteLine();
                output.Results.WriteLine($"  What:  {found.Detail}");
                output.Results.WriteLine($"  Do:    {found.Remedy}");
                output.Results.WriteLine($"  Exit:  {(int)found.Exit} ({found.Exit}){(found.IsTransient ? ", trying again can help" : "")}");
            });
            return Task.CompletedTask;
        }, code);
    }

    static void List(Terminal.CommandOutput output)
        => output.Result(ErrorCatalog.All.Select(View), () =>
        {
            foreach (ErrorCode code in ErrorCatalog.All)
            {
                output.Results.WriteLine($"{code.Id}  {code.Title}");
            }
        });

    static object View(ErrorCode code)
        => new
        {
            code = code.Id, code.Name, code.Title, code.Detail, code.Remedy, exitCode = (int)code.Exit,
            transient = code.IsTransient,
        };
}
