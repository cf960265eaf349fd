using System.Diagnostics;
using System.Globalization;
using Twinbank.Boards;
using Twinbank.Flashing.Devices;
using Twinbank.Formats;
using Twinbank.Images.Updates;
using Twinbank.Links;
using Twinbank.Simulation.Qemu;
using Twinbank.Simulation.Serving;

namespace Twinbank.Benchmarks;

/// <summary>Sending an image over a serial line, against the same line carrying bare bytes.</summary>
internal sealed class SerialUpload : Benchmark
{
    const int PayloadBytes = 64 * 1024;
    const int PumpBytes = 64 * 1024;
    const int EmulatedRounds = 3;
    const int Baud = 115_200;
    const int BitsPerByte = 10;
    const double RatioMin = 0.9;
    const byte Filler = (byte)'x';
    const byte EndOfFrame = (byte)'\n';

    public override string Name => "serial";

    public override string Explanation
        => "An image of 64 KiB of random bytes is sent. The yardstick is a pump on the same link: as many bytes that mean "
            + "nothing, then one echo, whose answer shows that the board has taken them all. `sim-nor` is behind a line "
            + "paced to 115200 baud, once; the boards in QEMU have no pace but that of the emulator, which also has to hash "
            + $"and program: fastest of {EmulatedRounds} each.";

    public override IEnumerable<Measure> Run()
        => [.. RunPaced(), .. RunEmulated("qemu-virt"), .. RunEmulated("emcraft-sf2")];

    static Measure[] RunPaced()
    {
        Board board = BoardCatalog.BuiltIn.Find("sim-nor");
        byte[][] containers = RandomContainers(board, 1);
        using var served = new ServedBoard(board, [EmulatedBoard.TrustedKey], stateFolder: null);
        using BoardListener listener = BoardListener.StartTcp("127.0.0.1", 0, served.Line);
        var thread = new Thread(served.Run) { IsBackground = true };
        thread.Start();
        try
        {
            return RunAsync(
                "sim-nor, 115200 baud", containers,
                async () => new PacedLink(await LinkAddress.Parse(listener.Name).OpenAsync(), Baud / BitsPerByte))
                .GetAwaiter().GetResult();
        }
        finally
        {
            served.Stop();
            thread.Join();
        }
    }

    static Measure[] RunEmulated(string id)
    {
        using var board = new EmulatedBoard(id);
        return board.Obstacle is { } obstacle
            ? [new Measure(id, obstacle)]
            : RunEmulatedAsync(board).GetAwaiter().GetResult();
    }

    static async Task<Measure[]> RunEmulatedAsync(EmulatedBoard board)
    {
        byte[][] containers = RandomContainers(board.Board, EmulatedRounds);
        await using QemuMachine machine = await board.PowerOnAsync();
        LinkAddress address = LinkAddress.Parse(machine.SerialAddress);
        return await RunAsync(board.Board.Id, containers, () => address.OpenAsync());
    }

    // Different ones, so that the slot never holds a block already.
    static byte[][] RandomContainers(Board board, int count)
        => [.. Enumerable.Range(1, count).Select(seed =>
        {
            byte[] bytes = new byte[PayloadBytes];
            new Random(seed).NextBytes(bytes);
            MemoryImage payload = MemoryImage.Create([new MemorySegment(board.VirtualBase, bytes)], null, "random");
            return FullContainer.Write(EmulatedBoard.Build(board, payload));
        })];

    static async Task<Measure[]> RunAsync(string subject, byte[][] containers, Func<Task<ILink>> open)
    {
        ILink link = await open();
        await using var session = new DeviceSession(link);
        await session.ReadInfoAsync();
        double pump = 0, upload = 0;
        foreach (byte[] container in containers)
        {
            pump = Math.Max(pump, await PumpAsync(link, session));
            var clock = Stopwatch.StartNew();
            await session.UploadAsync(container, "The image");
            upload = Math.Max(upload, container.Length / clock.Elapsed.TotalSeconds);
        }

        return
        [
            new($"{subject}: bare bytes", Rate(pump), "1.00"),
            new($"{subject}: upload, {Framing(session)}", Rate(upload),
                Text(upload / pump), $"at least {Text(RatioMin)}", upload / pump >= RatioMin),
        ];
    }

    static async Task<double> PumpAsync(ILink link, DeviceSession session)
    {
        byte[] bytes = new byte[PumpBytes];
        Array.Fill(bytes, Filler);
        bytes[^1] = EndOfFrame;
        var clock = Stopwatch.StartNew();
        await link.WriteAsync(bytes);
        await session.EchoAsync("done");
        return PumpBytes / clock.Elapsed.TotalSeconds;
    }

    static string Framing(DeviceSession session)
        => string.Create(
            CultureInfo.InvariantCulture,
            $"{session.Framing.ToString().ToLowerInvariant()} frames, {session.ResentRequests} sent again");

    static string Rate(double bytesPerSecond)
        => string.Create(CultureInfo.InvariantCulture, $"{bytesPerSecond / 1024:F1} KiB/s");

    static string Text(double value) => value.ToString("F2", CultureInfo.InvariantCulture);
}
