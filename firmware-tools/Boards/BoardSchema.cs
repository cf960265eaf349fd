using System.Text.Json;
using Json.Schema;
using Twinbank.Errors;

namespace Twinbank.Boards;

/// <summary>Parses board data and holds it against boards/schema.json, as this assembly carries it.</summary>
static class BoardSchema
{
    static readonly Lazy<JsonSchema> s_schema = new(Load);

    static readonly EvaluationOptions s_options = new() { OutputFormat = OutputFormat.List };

    /// <summary>The file's content, which satisfies the schema.</summary>
    /// <param name="path">The file's name for messages.</param>
    /// <param name="json">Its bytes, UTF-8.</param>
    /// <param name="kind">"chip" or "board": what the file has to be.</param>
    /// <exception cref="FirmwareException">BadBoardFile, with the first problem and where it is.</exception>
    internal static JsonElement Parse(string path, byte[] json, string kind)
    {
        JsonElement root = ParseJson(path, json);
        EvaluationResults results = Evaluate(path, root);
        if (!results.IsValid)
        {
            throw Refuse(path, root, [.. Problems(results)]);
        }

        string found = root.GetProperty("kind").GetString()!;
        return found == kind ? root : throw Wrong(path, "kind", $"this is a {found} file; a {kind} file is needed");
    }

    /// <summary>
    /// A string that is no Unicode (stray bytes, half a surrogate pair) is found only when somebody reads it.
    /// </summary>
    static EvaluationResults Evaluate(string path, JsonElement root)
    {
        try
        {
            return s_schema.Value.Evaluate(root, s_options);
        }
        catch (InvalidOperationException)
        {
            throw Wrong(path, "a string in it", "not valid Unicode text");
        }
    }

    internal static FirmwareException Wrong(string path, string pointer, string problem)
        => new(ErrorCode.BadBoardFile, ("path", path), ("pointer", pointer), ("problem", problem));

    static JsonElement ParseJson(string path, byte[] json)
    {
        var options = new JsonDocumentOptions { MaxDepth = BoardLimits.JsonDepthMax, AllowDuplicateProperties = false };
        try
        {
            using JsonDocument document = JsonDocument.Parse(json, options);
            return document.RootElement.Clone();
        }
        catch (JsonException exception)
        {
            string place = $"line {exception.LineNumber + 1}, column {exception.BytePositionInLine + 1}";
            throw new FirmwareException(
                ErrorCode.BadBoardFile,
                exception,
                ("path", path),
                ("pointer", exception.LineNumber is null ? "its start" : place),
                ("problem", "not JSON: " + FirstSentence(exception.Message)));
        }
    }

    static IEnumerable<(string Pointer, string Keyword, string Message)> Problems(EvaluationResults results)
    {
        IEnumerable<(string Pointer, string Keyword, string Message)> all = (results.Details ?? [])
            .Append(results)
            .Where(detail => detail.Errors is not null
                && !detail.EvaluationPath.ToString().StartsWith("/if", StringComparison.Ordinal))
            .SelectMany(detail => detail.Errors!.Select(error =>
                (detail.InstanceLocation.ToString(), error.Key, error.Value)));

        // A misspelt member is also a missing one; the misspelling is what helps.
        return all.OrderBy(problem => problem.Keyword.Length > 0);
    }

    static FirmwareException Refuse(
        string path, JsonElement root, (string Pointer, string Keyword, string Message)[] problems)
    {
        if (problems.Length == 0)
        {
            return Wrong(path, "/", "does not satisfy boards/schema.json");
        }

        (string pointer, string keyword, string message) = problems[0];
        string problem = keyword switch
        {
            "" => "unknown member",
            "required" => Lower(message),
            "pattern" => $"{ValueAt(root, pointer)} has the wrong form",
            "enum" or "const" => $"{ValueAt(root, pointer)} is not one of the words that are allowed here",
            _ => $"{Lower(message)} (found {ValueAt(root, pointer)})",
        };
        string more = problems.Length > 1 ? $" (and {problems.Length - 1} more)" : "";
        return Wrong(path, pointer.Length == 0 ? "/" : pointer, problem + more);
    }

    static string Lower(string message) => char.ToLowerInvariant(message[0]) + message[1..];

    static string FirstSentence(string message) => message.Split(". ")[0].TrimEnd('.');

    static string ValueAt(JsonElement root, string pointer)
    {
        const int shownLengthMax = 40;
        JsonElement element = root;
        foreach (string part in pointer.Split('/', StringSplitOptions.RemoveEmptyEntries))
        {
            if (element.ValueKind == JsonValueKind.Array
                && int.TryParse(part, out int index) && index < element.GetArrayLength())
            {
                element = element[index];
            }
            else if (element.ValueKind != JsonValueKind.Object || !element.TryGetProperty(part, out element))
            {
                return "nothing";
            }
        }

        string text = element.GetRawText();
        return text.Length <= shownLengthMax ? text : text[..shownLengthMax] + "...";
    }

    static JsonSchema Load()
    {
        byte[] bytes = BuiltInBoardFiles.ReadResource("schema.json")
            ?? throw new InvalidOperationException("The assembly lacks its resource schema.json.");
        using JsonDocument document = JsonDocument.Parse(bytes);
        return JsonSchema.Build(document.RootElement.Clone());
    }
}
