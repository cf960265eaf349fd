using Twinbank.Benchmarks;
using Twinbank.Benchmarks.Deltas;

// Measures the project against its aims and prints a report in Markdown.
//
//   dotnet run --project tests/Benchmarks --configuration Release              everything
//   dotnet run --project tests/Benchmarks --configuration Release -- image     one group
//   dotnet run --project tests/Benchmarks --configuration Release -- deltas FOLDER   pairs of firmware, see DeltaReport
//
// Exit code: 0 when every aim is met, 1 when one is missed, 2 for a wrong command line.
if (args.Length > 0 && args[0] == "deltas")
{
    return DeltaReport.Run(args[1..]);
}

Benchmark[] all =
[
    new ImageThroughput(), new FlashOperations(), new StableLayout(), new BootStageSize(), new SerialUpload(),
    new BootTime(),
];
string[] unknown = [.. args.Except(all.Select(benchmark => benchmark.Name))];
if (unknown.Length > 0)
{
    string names = string.Join(", ", all.Select(benchmark => benchmark.Name).Append("deltas"));
    Console.Error.WriteLine($"There is no benchmark '{unknown[0]}'; there are: {names}.");
    return 2;
}

bool isMet = true;
foreach (Benchmark benchmark in all.Where(benchmark => args.Length == 0 || args.Contains(benchmark.Name)))
{
    Console.WriteLine($"## {benchmark.Name}");
    Console.WriteLine();
    Console.WriteLine(benchmark.Explanation);
    Console.WriteLine();
    Console.WriteLine("| measure | value | ratio | aim | met |");
    Console.WriteLine("|---|---|---|---|---|");
    foreach (Measure measure in benchmark.Run())
    {
        string met = measure.Aim.Length == 0 ? "" : measure.IsMet ? "yes" : "no";
        Console.WriteLine($"| {measure.Subject} | {measure.Value} | {measure.Ratio} | {measure.Aim} | {met} |");
        isMet &= measure.IsMet;
    }

    Console.WriteLine();
}

return isMet ? 0 : 1;
