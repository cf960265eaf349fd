using System.Globalization;
using Twinbank.Core.Recipes;
using Twinbank.Testing;

namespace Twinbank.Benchmarks.Deltas;

/// <summary>
/// Deltas of real firmware beside the tools that everyone has: sizes, times, memory and wear, a row a pair, geometric
/// means last.
/// </summary>
internal static class DeltaReport
{
    const int BlockBytesDefault = 4096;
    const int OverlayHeadBytes = 64;
    const double RatioMax = 0.60;
    const double RatioMaxWithoutElf = 0.80;
    const double EncodeSecondsMax = 2.0;

    const string UsageText =
        "Use: -- deltas [FOLDER] [--block BYTES] [--binaries]\n"
        + "FOLDER holds NAME/{old,new}.bin and beside them old.elf and new.elf or neither; --binaries leaves the ELF "
        + "files aside but for the address. Without a folder: the project's own samples, see scripts/build-samples.sh.";

    /// <summary>Exit code: 0 when the aims are met, 1 when one is missed, 2 for a wrong command line.</summary>
    public static int Run(string[] arguments)
    {
        int blockBytes = BlockBytesDefault;
        bool useSymbols = true;
        string? folder = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--binaries")
            {
                useSymbols = false;
            }
            else if (arguments[i] == "--block" && i + 1 < arguments.Length
                && int.TryParse(arguments[i + 1], CultureInfo.InvariantCulture, out blockBytes) && blockBytes > 0)
            {
                i++;
            }
            else if (folder == null && Directory.Exists(arguments[i]))
            {
                folder = arguments[i];
            }
            else
            {
                Console.Error.WriteLine(UsageText);
                return 2;
            }
        }

        DeltaPair[] pairs = folder == null
            ? [.. SamplePairs()]
            : [.. DeltaPair.ReadFolder(folder, useSymbols)];
        if (pairs.Length == 0)
        {
            Console.Error.WriteLine($"There are no pairs.\n{UsageText}");
            return 2;
        }

        return Print(pairs, blockBytes, useSymbols);
    }

    static int Print(DeltaPair[] pairs, int blockBytes, bool useSymbols)
    {
        int memory = DecoderMemory.Count(new RangeRecipeDecoder()) + DecoderMemory.Count(new AddressMap());
        Console.WriteLine($"Blocks of {blockBytes} bytes. Decoder: {memory} bytes of memory, and the packed map.");
        Console.WriteLine();
        Console.WriteLine(
            "| pair | new image | patch | signed container | encode ms | decode ms | map | full: erases/bytes | "
            + "block sync: erases/bytes | overlay: erases/bytes | "
            + string.Join(" | ", PeerTool.All.Select(peer => peer.Name)) + " | patch / bsdiff |");
        Console.WriteLine("|" + string.Concat(Enumerable.Repeat("---|", 11 + PeerTool.All.Length)));
        string folder = Directory.CreateTempSubdirectory("twinbank-deltas-").FullName;
        try
        {
            var rows = new List<(DeltaResult Ours, long?[] Peers, int Bytes)>();
            foreach (DeltaPair pair in pairs)
            {
                DeltaResult ours = DeltaResult.Measure(pair, blockBytes);
                long?[] peers =
                    [.. PeerTool.All.Select(peer => peer.Measure(folder, pair.Old.Payload, pair.Next.Payload))];
                rows.Add((ours, peers, pair.Next.Payload.Length));
                Console.WriteLine(Row(pair, ours, peers));
            }

            return PrintMeans(rows, useSymbols);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static string Row(DeltaPair pair, DeltaResult ours, long?[] peers)
    {
        int newBytes = pair.Next.Payload.Length;
        string[] cells =
        [
            pair.Name, Number(newBytes), Number(ours.PatchBytes), Number(ours.ContainerBytes),
            Number((long)(ours.EncodeSeconds * 1000)), Number((long)(ours.DecodeSeconds * 1000)),
            Number(ours.MapBytes), $"{ours.BlockCount}/{Number(newBytes)}",
            $"{ours.ChangedBlocks}/{Number(ours.ChangedBytes)}",
            $"0/{Number(ours.ContainerBytes + OverlayHeadBytes)}",
            .. peers.Select(bytes => bytes is { } known ? Number(known) : "-"),
            peers[0] is { } bsdiff ? Ratio((double)ours.PatchBytes / bsdiff) : "-",
        ];
        return $"| {string.Join(" | ", cells)} |";
    }

    static int PrintMeans(List<(DeltaResult Ours, long?[] Peers, int Bytes)> rows, bool useSymbols)
    {
        Console.WriteLine();
        var compared = rows.Where(row => row.Peers[0] != null).ToList();
        double encode = rows.Sum(row => row.Ours.EncodeSeconds) / (rows.Sum(row => (double)row.Bytes) / 1e6);
        string encodeText = encode.ToString("F2", CultureInfo.InvariantCulture);
        Console.WriteLine($"Encode: {encodeText} s of processor time per MB (aim: at most 2).");
        if (compared.Count == 0)
        {
            Console.WriteLine("bsdiff is not installed (apt-get install bsdiff): no ratios.");
            return encode <= EncodeSecondsMax ? 0 : 1;
        }

        double ours = Mean(compared.Select(row => (double)row.Ours.PatchBytes / row.Peers[0]!.Value));
        double limit = useSymbols ? RatioMax : RatioMaxWithoutElf;
        Console.WriteLine($"Geometric mean over {compared.Count} pairs, against bsdiff:");
        Console.WriteLine($"- patch: {Ratio(ours)} (aim: at most {Ratio(limit)})");
        double container = Mean(compared.Select(row => (double)row.Ours.ContainerBytes / row.Peers[0]!.Value));
        Console.WriteLine($"- signed container: {Ratio(container)}");
        for (int i = 1; i < PeerTool.All.Length; i++)
        {
            int peer = i;
            if (compared.TrueForAll(row => row.Peers[peer] != null))
            {
                double mean = Mean(compared.Select(row => (double)row.Peers[peer]!.Value / row.Peers[0]!.Value));
                Console.WriteLine($"- {PeerTool.All[i].Name}: {Ratio(mean)}");
            }
        }

        return ours <= limit && encode <= EncodeSecondsMax ? 0 : 1;
    }

    static IEnumerable<DeltaPair> SamplePairs()
    {
        string samples = RepositoryRoot.Combine("artifacts/samples");
        string[] names = ["hello-newlib", "hello-managed"];
        string[] versions = ["1.0.0", "1.1.0", "1.2.0-hang"];
        foreach (string board in (string[])["emcraft-sf2", "qemu-virt"])
        {
            foreach (string name in names)
            {
                for (int i = 1; i < versions.Length; i++)
                {
                    string old = Path.Combine(samples, board, $"{name}-{versions[i - 1]}.elf");
                    string next = Path.Combine(samples, board, $"{name}-{versions[i]}.elf");
                    if (File.Exists(old) && File.Exists(next))
                    {
                        string title = $"{board} {name} {versions[i - 1]} to {versions[i]}";
                        yield return DeltaPair.ReadElfs(title, old, next);
                    }
                }
            }
        }
    }

    static double Mean(IEnumerable<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    static string Number(long value) => value.ToString("N0", CultureInfo.InvariantCulture);

    static string Ratio(double value) => value.ToString("F3", CultureInfo.InvariantCulture);
}
