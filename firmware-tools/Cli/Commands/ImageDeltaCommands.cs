using System.CommandLine;
using System.Globalization;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Format;
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
        return host.Make("diff", "Make a delta between two signed images. No key is needed.", (parsed, output, cancellation) =>
        {
            string path = parsed.GetRequiredValue(target);
            ImageFiles.RefuseExisting(path, parsed.GetValue(force) || parsed.GetValue(dryRun));
            TargetImage oldImage = ImageFiles.Decode(parsed.GetRequiredValue(from), null);
            TargetImage newImage = ImageFiles.Decode(parsed.GetRequiredValue(to), null);
            DeltaSymbols? symbols = ElfSymbolFiles.Read(parsed.GetValue(fromElf), parsed.GetValue(toElf));
            byte[] delta;
            using (ProgressLine progress = output.StartProgress("comparing"))
            {
                delta = DeltaContainer.Write(
                    oldImage, newImage, Codecs.Default,
                    done => progress.Report(done, newImage.Blocks.Count, "blocks"),
                    symbols, cancellation);
            }

            if (!parsed.GetValue(dryRun))
            {
                Shared.WriteFile(path, delta, parsed.GetValue(force));
            }

            Report(output, ContainerFile.Parse(path, delta), oldImage, newImage);
            return Task.CompletedTask;
        }, from, to, target, fromElf, toElf, force, dryRun);
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

    static void Report(CommandOutput output, ContainerFile delta, TargetImage oldImage, TargetImage newImage)
    {
        int Count(CarrierMethod method)
            => Enumerable.Range(0, delta.Manifest.BlockCount).Count(block => delta.Carriers.Method(block) == method);
        double share = 100.0 * delta.Bytes.Length / newImage.Manifest.PayloadBytes;
        output.Result(
            new
            {
                path = delta.Subject, deltaBytes = delta.Bytes.Length, carriedBytes = delta.Header.PayloadBytes,
                tablesBytes = delta.Header.PayloadStart, payloadBytes = newImage.Manifest.PayloadBytes,
                from = oldImage.Version.ToString(), to = newImage.Version.ToString(),
                unchanged = Count(CarrierMethod.Unchanged), recipes = Count(CarrierMethod.Recipe),
                stored = Count(CarrierMethod.Stored), compressed = Count(CarrierMethod.Compressed),
                duplicates = Count(CarrierMethod.Duplicate),
            },
            () =>
            {
                output.Results.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{delta.Subject}: {oldImage.Version} to {newImage.Version} in {delta.Bytes.Length} bytes, {share:0.00}% of the payload"));
                output.Results.WriteLine(
                    $"  {Count(CarrierMethod.Unchanged)} blocks unchanged, {Count(CarrierMethod.Recipe)} by recipe, "
                    + $"{Count(CarrierMethod.Stored) + Count(CarrierMethod.Compressed)} in full, {Count(CarrierMethod.Duplicate)} duplicates");
            });
    }
}
