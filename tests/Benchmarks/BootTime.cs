using System.Diagnostics;
using System.Globalization;
using System.Text;
using Twinbank.Formats;
using Twinbank.Links;
using Twinbank.Simulation.Qemu;

namespace Twinbank.Benchmarks;

/// <summary>How long the boot stage checks an image before it runs.</summary>
internal sealed class BootTime : Benchmark
{
    const int MebiByte = 1024 * 1024;
    const int Rounds = 5;
    const string Banner = "hello-newlib 1.0.0: slot";

    static readonly TimeSpan s_patience = TimeSpan.FromSeconds(60);

    public override string Name => "start";

    public override string Explanation
        => "The reset button is pressed and the first line of `hello-newlib` awaited, once as it is and once with random "
            + "bytes behind it. What the bytes add is the time to verify, load or map and verify again where they run. "
            + $"Fastest of {Rounds}. The emulator's clock is that of the host.";

    public override IEnumerable<Measure> Run() => [.. RunBoard("qemu-virt", 3), .. RunBoard("emcraft-sf2", 1)];

    static Measure[] RunBoard(string id, int addedMebiBytes)
    {
        using var board = new EmulatedBoard(id);
        if (board.Obstacle is { } obstacle)
        {
            return [new Measure(id, obstacle)];
        }

        double small = StartSeconds(board, 0);
        double large = StartSeconds(board, addedMebiBytes * MebiByte);
        return
        [
            new($"{id}: reset to first line, 72 KiB", Text(small, "ms")),
            new($"{id}: each further MiB", Text((large - small) / addedMebiBytes, "ms")),
        ];
    }

    static double StartSeconds(EmulatedBoard board, int addedBytes)
    {
        MemoryImage sample = PayloadReader.Read(board.SamplePath, new PayloadReadOptions());
        byte[] added = new byte[addedBytes];
        new Random(1).NextBytes(added);
        MemoryImage payload = MemoryImage.Create(
            [.. sample.Segments, new MemorySegment((uint)sample.EndAddress, added)], sample.EntryPoint, "sample");
        board.Program(EmulatedBoard.Build(board.Board, payload));
        return StartSecondsAsync(board).GetAwaiter().GetResult();
    }

    static async Task<double> StartSecondsAsync(EmulatedBoard board)
    {
        await using QemuMachine machine = await board.PowerOnAsync();
        await using ILink link = await LinkAddress.Parse(machine.SerialAddress).OpenAsync();
        double fastest = double.MaxValue;
        for (int round = 0; round < Rounds; round++)
        {
            var clock = Stopwatch.StartNew();
            await machine.ResetAsync();
            await WaitForBannerAsync(link);
            fastest = Math.Min(fastest, clock.Elapsed.TotalSeconds);
        }

        return fastest;
    }

    static async Task WaitForBannerAsync(ILink link)
    {
        using var limit = new CancellationTokenSource(s_patience);
        var text = new StringBuilder();
        byte[] buffer = new byte[1024];
        while (!text.ToString().Contains(Banner, StringComparison.Ordinal))
        {
            int count = await link.ReadAsync(buffer, limit.Token);
            text.Append(Encoding.ASCII.GetString(buffer, 0, count));
        }
    }

    static string Text(double seconds, string unit)
        => string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:F0} {unit}");
}
