using System.Globalization;
using Twinbank.Testing;

namespace Twinbank.Benchmarks;

/// <summary>How much flash the boot stage takes on each board, and what for.</summary>
internal sealed class BootStageSize : Benchmark
{
    const int BytesMax = 64 * 1024;

    public override string Name => "boot";

    public override string Explanation
        => "Size of the boot stage as it lies in flash: code, constants and initial data, and then by namespace. It holds "
            + "drivers, core library, journal, SHA-256, both signature checks, installer and SMP.";

    public override IEnumerable<Measure> Run() => BootStageCode.Boards.SelectMany(MeasureBoard);

    static IEnumerable<Measure> MeasureBoard(string board)
    {
        string subject = $"boot stage {board}";
        if (BootStageCode.Read(board) is not { } code)
        {
            yield return new Measure(subject, "not built here: needs binutils for arm-none-eabi");
            yield break;
        }

        yield return new Measure(
            subject, Bytes(code.ImageBytes), "", "under 65,536 bytes", code.ImageBytes < BytesMax);
        foreach ((string name, long bytes) in code.Namespaces.OrderByDescending(pair => pair.Value))
        {
            string share = ((double)bytes / code.ImageBytes).ToString("P1", CultureInfo.InvariantCulture);
            yield return new Measure($"{board}: {name}", Bytes(bytes), share);
        }
    }

    static string Bytes(long count) => count.ToString("N0", CultureInfo.InvariantCulture) + " bytes";
}
