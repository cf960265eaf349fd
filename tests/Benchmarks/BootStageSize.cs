using System.Globalization;
using Twinbank.Testing;

namespace Twinbank.Benchmarks;

/// <summary>How much flash the boot stage takes on each board.</summary>
internal sealed class BootStageSize : Benchmark
{
    const int BytesMax = 64 * 1024;

    static readonly string[] s_boards = ["QemuVirt", "EmcraftSf2"];

    public override string Name => "boot";

    public override string Explanation
        => "Size of the boot stage as it lies in flash: code, constants, initial data and, on `qemu-virt`, the padding of "
            + "its first page. It holds drivers, core library, journal, SHA-256, both signature checks, installer and SMP.";

    public override IEnumerable<Measure> Run() => s_boards.Select(MeasureBoard);

    static Measure MeasureBoard(string board)
    {
        var file = new FileInfo(
            RepositoryRoot.Combine($"device-agent/BareMetal/{board}/bin/BootStage.{board}.bin"));
        string size = file.Exists
            ? file.Length.ToString("N0", CultureInfo.InvariantCulture) + " bytes"
            : "not built here: needs binutils for arm-none-eabi";
        return new Measure($"boot stage {board}", size, "", "under 65,536 bytes", !file.Exists || file.Length < BytesMax);
    }
}
