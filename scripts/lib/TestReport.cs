#:property PublishAot=false
#:property Nullable=enable

// Adds up what the test programs left behind and says it, the last line as `N passed, N failed, N skipped`.
//
//   dotnet run TestReport.cs -- RESULTS FILTER PROJECT...
//
// RESULTS holds PROJECT.trx (written by the test program) and PROJECT.exit (its exit code, written by test.sh). A
// project that crashed, hung, ran no test or wrote no report counts as one failure more. FILTER is empty or the word
// that tests were chosen by; then a project may run none.
// Lines that a test prints with "note: " in front (how many cuts a sweep tried, what it measured) are shown here again.
// Exit code: 0 all passed, 20 something failed. (1 is what `dotnet run` gives when this file does not compile.)

using System.Globalization;
using System.Xml.Linq;

const int TimedOut = 124;
const int NoTestRan = 8;
const int SomethingFailed = 20;

string results = args[0];
bool isFiltered = args[1].Length > 0;
var tally = new Tally();
Console.WriteLine($"{"project",-20} {"passed",8} {"failed",8} {"skipped",8} {"seconds",8}");
foreach (string project in args.Skip(2).Order(StringComparer.Ordinal))
{
    Add(project);
}

Print("Notes", tally.Notes);
Print("Skipped, with the reason", tally.Skips);
Print("Failed", tally.Failures);
Console.WriteLine();
Console.WriteLine($"{tally.Passed} passed, {tally.Failed} failed, {tally.Skipped} skipped");
return tally.Failed == 0 && tally.Passed > 0 ? 0 : SomethingFailed;

void Add(string project)
{
    int exitCode = ReadExitCode(project);
    if (exitCode == NoTestRan && isFiltered)
    {
        return;
    }

    (int passed, int failed, int skipped, TimeSpan time) = ReadReport(project);
    string? complaint = exitCode switch
    {
        TimedOut => "did not end in time and was stopped; its last lines above name the test",
        NoTestRan => "ran no test; give it one or take it out of tests/",
        _ when passed + failed + skipped == 0 => $"crashed: exit code {exitCode}, no report; see its lines above",
        not 0 when failed == 0 => $"ended with exit code {exitCode} although no test failed; see its lines above",
        _ => null,
    };
    if (complaint is not null)
    {
        failed++;
        tally.Failures.Add($"{project} {complaint}");
    }

    tally.Passed += passed;
    tally.Failed += failed;
    tally.Skipped += skipped;
    string seconds = time.TotalSeconds.ToString("F1", CultureInfo.InvariantCulture);
    Console.WriteLine($"{project,-20} {passed,8} {failed,8} {skipped,8} {seconds,8}");
}

int ReadExitCode(string project)
{
    string path = Path.Combine(results, project + ".exit");
    return File.Exists(path) ? int.Parse(File.ReadAllText(path), CultureInfo.InvariantCulture) : -1;
}

(int Passed, int Failed, int Skipped, TimeSpan Time) ReadReport(string project)
{
    string path = Path.Combine(results, project + ".trx");
    if (!File.Exists(path))
    {
        return default;
    }

    XElement run = XDocument.Load(path).Root!;
    XNamespace trx = run.Name.Namespace;
    int passed = 0, failed = 0, skipped = 0;
    foreach (XElement result in run.Descendants(trx + "UnitTestResult"))
    {
        string name = $"{project}: {(string?)result.Attribute("testName")}";
        switch ((string?)result.Attribute("outcome"))
        {
            case "Passed":
                passed++;
                break;
            case "NotExecuted":
                skipped++;
                tally.Skips.Add($"{name}: {Text(result, "Message") ?? FirstLine(Text(result, "StdOut"))}");
                break;
            default:
                failed++;
                tally.Failures.Add($"{name}: {FirstLine(Text(result, "Message"))}");
                break;
        }

        AddNotes(project, Text(result, "StdOut"));
    }

    XElement? times = run.Element(trx + "Times");
    TimeSpan time = times is null
        ? TimeSpan.Zero
        : (DateTimeOffset)times.Attribute("finish")! - (DateTimeOffset)times.Attribute("start")!;
    return (passed, failed, skipped, time);
}

void AddNotes(string project, string? output)
{
    foreach (string line in (output ?? "").Split('\n', StringSplitOptions.TrimEntries))
    {
        if (line.StartsWith("note: ", StringComparison.Ordinal))
        {
            tally.Notes.Add($"{project}: {line["note: ".Length..]}");
        }
    }
}

static string? Text(XElement result, string element)
    => result.Descendants().FirstOrDefault(e => e.Name.LocalName == element)?.Value.Trim();

static string FirstLine(string? text) => string.IsNullOrEmpty(text) ? "(no text)" : text.Split('\n')[0].Trim();

static void Print(string title, List<string> lines)
{
    if (lines.Count > 0)
    {
        Console.WriteLine();
        Console.WriteLine(title);
        lines.Sort(StringComparer.Ordinal);
        lines.ForEach(line => Console.WriteLine("  " + line));
    }
}

internal sealed class Tally
{
    public int Passed { get; set; }
    public int Failed { get; set; }
    public int Skipped { get; set; }
    public List<string> Notes { get; } = [];
    public List<string> Skips { get; } = [];
    public List<string> Failures { get; } = [];
}
