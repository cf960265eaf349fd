using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using Twinbank.Boards;
using Twinbank.Formats;
using Twinbank.Images;
using Twinbank.Images.Building;
using Twinbank.Images.Containers;
using Twinbank.Images.Keys;
using Twinbank.Images.Updates;
using Twinbank.Testing;

namespace Twinbank.Benchmarks;

/// <summary>What a stable layout saves an update, and what it costs an image, over a chain of releases.</summary>
internal sealed class StableLayout : Benchmark
{
    const double RatioMax = 0.08;

    static readonly SigningKey s_key = SigningKey.FromSecret(
        KeyAlgorithm.Ed25519, Enumerable.Repeat((byte)7, 32).ToArray());

    public override string Name => "layout";

    public override string Explanation
        => "`hello-newlib` through twelve releases, each compiled once and linked twice: with its own script, and in the "
            + "places of the release before. Recipes are what `fw image diff` sends beside tables and signature; bytes "
            + "that differ are compared address by address. The ratio is stable recipes to normal with bsdiff.";

    public override IEnumerable<Measure> Run() => new[] { "qemu-virt", "emcraft-sf2" }.SelectMany(RunBoard);

    static IEnumerable<Measure> RunBoard(string boardId)
    {
        if (!SampleChain.IsCompilerThere)
        {
            return [new Measure(boardId, "arm-none-eabi-gcc is not installed")];
        }

        Board board = BoardCatalog.FromFolder(RepositoryRoot.Combine("boards")).Find(boardId);
        string folder = Directory.CreateTempSubdirectory("fw-layout-").FullName;
        try
        {
            return Compare(board, [.. new SampleChain(boardId, folder).Build()]);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    static List<Measure> Compare(Board board, SampleLink[] chain)
    {
        TargetImage[] normal = [.. chain.Select(link => Build(board, link.NormalElf, link.Version))];
        TargetImage[] stable = [.. chain.Select(link => Build(board, link.StableElf, link.Version))];
        List<Measure> measures = [];
        double logSum = 0;
        int count = 0;
        for (int i = 1; i < chain.Length; i++)
        {
            int stableBytes = Carried(stable[i - 1], stable[i]);
            int? bsdiffBytes = Bsdiff(normal[i - 1], normal[i]);
            string ratio = "";
            if (bsdiffBytes is { } peer)
            {
                logSum += Math.Log((double)stableBytes / peer);
                count++;
                ratio = Text($"{(double)stableBytes / peer:0.00}");
            }

            measures.Add(new Measure(
                $"{board.Id}: {chain[i].What}",
                Text($"{stableBytes:N0} bytes of recipes, normal {Carried(normal[i - 1], normal[i]):N0}, ")
                    + $"normal with bsdiff {(bsdiffBytes is { } bytes ? Text($"{bytes:N0}") : "not measured")}; "
                    + Text($"{Differing(stable[i - 1], stable[i]):N0} bytes differ, ")
                    + Text($"normal {Differing(normal[i - 1], normal[i]):N0}; ")
                    + Text($"{chain[i].Plan.Pieces.Count(placed => placed.HasMoved)} pieces moved"),
                ratio));
        }

        if (count > 0)
        {
            double mean = Math.Exp(logSum / count);
            measures.Add(new Measure(
                $"{board.Id}: geometric mean", "", Text($"{mean:0.000}"), Text($"at most {RatioMax:0.00}"),
                mean <= RatioMax));
        }

        measures.Add(Cost(board.Id, "first release", normal[0], stable[0]));
        measures.Add(Cost(board.Id, "last release", normal[^1], stable[^1]));
        return measures;
    }

    /// <summary>Bytes of the delta without the tables and the signature, which any update carries.</summary>
    static int Carried(TargetImage before, TargetImage after)
    {
        ContainerFile file = ContainerFile.Parse("the delta", DeltaContainer.Write(before, after, Codecs.Default));
        return Enumerable.Range(0, file.Manifest.BlockCount).Sum(block => (int)file.Carriers.PayloadBytes(block));
    }

    /// <summary>The patch that bsdiff makes of the two payloads; null where it is not installed.</summary>
    static int? Bsdiff(TargetImage before, TargetImage after)
    {
        string folder = Directory.CreateTempSubdirectory("fw-bsdiff-").FullName;
        try
        {
            string[] files = [.. new[] { "old", "new", "patch" }.Select(name => Path.Combine(folder, name))];
            File.WriteAllBytes(files[0], [.. before.Blocks.SelectMany(block => block)]);
            File.WriteAllBytes(files[1], [.. after.Blocks.SelectMany(block => block)]);
            using var process = Process.Start("bsdiff", files);
            process.WaitForExit();
            return process.ExitCode == 0 ? (int)new FileInfo(files[2]).Length : null;
        }
        catch (Win32Exception)
        {
            return null;
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    /// <summary>The payload as a slot holds it, and the container as it travels in full.</summary>
    static Measure Cost(string board, string which, TargetImage normal, TargetImage stable)
    {
        int normalFile = FullContainer.Write(normal, Codecs.Default).Length;
        int stableFile = FullContainer.Write(stable, Codecs.Default).Length;
        return new Measure(
            $"{board}: size of the {which}",
            Text($"payload {stable.Manifest.PayloadBytes:N0} bytes, normal {normal.Manifest.PayloadBytes:N0}; ")
                + Text($"full container {stableFile:N0} bytes, normal {normalFile:N0}"),
            Text($"{(double)stableFile / normalFile:0.000}"));
    }

    static int Differing(TargetImage before, TargetImage after)
    {
        int count = 0;
        for (int i = 0; i < Math.Max(before.Blocks.Count, after.Blocks.Count); i++)
        {
            ReadOnlySpan<byte> old = i < before.Blocks.Count ? before.Blocks[i] : [];
            ReadOnlySpan<byte> now = i < after.Blocks.Count ? after.Blocks[i] : [];
            for (int at = 0; at < now.Length; at++)
            {
                count += at < old.Length && old[at] == now[at] ? 0 : 1;
            }
        }

        return count;
    }

    static TargetImage Build(Board board, string path, string version)
        => ImageBuilder.Build(new ImageRequest
        {
            Board = board,
            Payload = PayloadReader.Read(path, new PayloadReadOptions()),
            Name = "hello-newlib",
            Version = ImageVersion.TryParse(version, out ImageVersion number)
                ? number
                : throw new InvalidOperationException(version),
            Keys = [s_key],
        });

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
