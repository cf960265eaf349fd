using System.CommandLine;
using System.Globalization;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Format;
using Twinbank.Errors;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Updates;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image diff</c> and <c>fw image apply</c></summary>
static class ImageDeltaCommands
{
    internal static Command Diff(CommandHost host)
    {
        Argument<string> from = ImageFiles.Path("old", "The image that devices run.");
        Argument<string> to = ImageFiles.Path("new", "The image that they are to run.");
        var target = new Option<string>("--out") { Description = "The delta file to write.", Required = true };
        Option<bool> force = Shared.Force();
        Option<bool> dryRun = Shared.DryRun();
        var fromElf = new Option<string?>("--from-elf")
        {
            Description = "The old image's ELF file: its symbols help to see what moved. Needs --to-elf.",
        };
        var toElf = new Option<string?>("--to-elf") { Description = "The new image's ELF file. Needs --from-elf." };
        var others = new Option<string[]>("--also-from")
        {
            Description = "Another image that devices run; the file then carries a delta for each, and tools send the"
                + " one that fits. May be given several times.",
        };
        return host.Make("diff", "Make a delta between two signed images. No key is needed.", (parsed, output, cancellation) =>
        {
            string path = parsed.GetRequiredValue(target);
            ImageFiles.RefuseExisting(path, parsed.GetValue(force) || parsed.GetValue(dryRun));
            TargetImage oldImage = ImageFiles.Decode(parsed.GetRequiredValue(from), null);
            TargetImage newImage = ImageFiles.Decode(parsed.GetRequiredValue(to), null);
            DeltaSymbols? symbols = ElfSymbolFiles.Read(parsed.GetValue(fromElf), parsed.GetValue(toElf));
            TargetImage[] bases =
            [
                oldImage, .. (parsed.GetValue(others) ?? []).Select(other => ImageFiles.Decode(other, null)),
            ];
            RefuseTwins(bases);
            byte[][] deltas = new byte[bases.Length][];
            using (ProgressLine progress = output.StartProgress("comparing"))
            {
                for (int i = 0; i < bases.Length; i++)
                {
                    deltas[i] = DeltaContainer.Write(
                        bases[i], newImage, Codecs.Default,
                        done => progress.Report(done, newImage.Blocks.Count, "blocks"),
                        i == 0 ? symbols : null, cancellation);
                }
            }

            if (!parsed.GetValue(dryRun))
            {
                Shared.WriteFile(
                    path, deltas.Length == 1 ? deltas[0] : UpdateFile.WriteSet(deltas), parsed.GetValue(force));
            }

            Report(output, path, [.. deltas.Select(delta => ContainerFile.Parse(path, delta))], bases, newImage);
            return Task.CompletedTask;
        }, from, to, target, others, fromElf, toElf, force, dryRun);
    }

    static void RefuseTwins(TargetImage[] bases)
    {
        if (bases.Length > UpdateFile.AlternativeCountMax
            || bases.DistinctBy(image => Shared.Hex(image.ManifestDigest)).Count() != bases.Length)
        {
            throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", "--also-from"), ("value", $"{bases.Length} images"),
                ("reason", $"a file carries deltas from 1 to {UpdateFile.AlternativeCountMax} different images"));
        }
    }

    internal static Command Apply(CommandHost host)
    {
        Argument<string> from = ImageFiles.Path("old", "The image the delta was made against.");
        Argument<string> delta = ImageFiles.Path("delta", "The delta.");
        var target = new Option<string>("--out") { Description = "The full image file to write.", Required = true };
        Option<bool> force = Shared.Force();
        Option<bool> dryRun = Shared.DryRun();
        return host.Make("apply", "Make the full new image from the old one and a delta.", (parsed, output, cancellation) =>
        {
            string path = parsed.GetRequiredValue(target);
            bool isDryRun = parsed.GetValue(dryRun);
            ImageFiles.RefuseExisting(path, isDryRun || parsed.GetValue(force));
            TargetImage image = ImageFiles.Decode(parsed.GetRequiredValue(delta), parsed.GetRequiredValue(from));
            byte[] container = FullContainer.Write(image, Codecs.Default, null, cancellation);
            if (!isDryRun)
            {
                Shared.WriteFile(path, container, parsed.GetValue(force));
            }

            string verb = isDryRun ? "would write" : "wrote";
            output.Result(
                new { path, digest = Shared.Hex(image.ManifestDigest), version = image.Version.ToString(), isDryRun },
                () => output.Results.WriteLine($"{verb} {path}: {image.Name} {image.Version}, every block holds"));
            return Task.CompletedTask;
        }, from, delta, target, force, dryRun);
    }

    static void Report(
        CommandOutput output, string path, ContainerFile[] deltas, TargetImage[] bases, TargetImage newImage)
        => output.Result(
            deltas.Length == 1
                ? View(path, deltas[0], bases[0], newImage)
                : new { path, deltas = deltas.Select((delta, i) => View(path, delta, bases[i], newImage)) },
            () =>
            {
                for (int i = 0; i < deltas.Length; i++)
                {
                    WriteText(output, path, deltas[i], bases[i], newImage);
                }
            });

    static int Count(ContainerFile delta, CarrierMethod method)
        => Enumerable.Range(0, delta.Manifest.BlockCount).Count(block => delta.Carriers.Method(block) == method);

    static object View(string path, ContainerFile delta, TargetImage oldImage, TargetImage newImage)
        => new
        {
            path, deltaBytes = delta.Bytes.Length, carriedBytes = delta.Header.PayloadBytes,
            tablesBytes = delta.Header.PayloadStart, payloadBytes = newImage.Manifest.PayloadBytes,
            from = oldImage.Version.ToString(), to = newImage.Version.ToString(),
            unchanged = Count(delta, CarrierMethod.Unchanged), recipes = Count(delta, CarrierMethod.Recipe),
            stored = Count(delta, CarrierMethod.Stored), compressed = Count(delta, CarrierMethod.Compressed),
            duplicates = Count(delta, CarrierMethod.Duplicate),
        };

    static void WriteText(
        CommandOutput output, string path, ContainerFile delta, TargetImage oldImage, TargetImage newImage)
    {
        double share = 100.0 * delta.Bytes.Length / newImage.Manifest.PayloadBytes;
        output.Results.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{path}: {oldImage.Version} to {newImage.Version} in {delta.Bytes.Length} bytes, {share:0.00}% of the payload"));
        int inFull = Count(delta, CarrierMethod.Stored) + Count(delta, CarrierMethod.Compressed);
        output.Results.WriteLine(
            $"  {Count(delta, CarrierMethod.Unchanged)} blocks unchanged, {Count(delta, CarrierMethod.Recipe)} by recipe, "
            + $"{inFull} in full, {Count(delta, CarrierMethod.Duplicate)} duplicates");
    }
}
