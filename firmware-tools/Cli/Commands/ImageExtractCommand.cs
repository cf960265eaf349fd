using System.CommandLine;
using Twinbank.Errors;
using Twinbank.Formats;
using Twinbank.Images;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw image extract</c></summary>
static class ImageExtractCommand
{
    internal static Command Create(CommandHost host)
    {
        Argument<string> path = ImageFiles.Path();
        var target = new Option<string>("--out") { Description = "The payload file to write.", Required = true };
        var format = new Option<string>("--format")
        {
            Description = "raw, hex or srec.", DefaultValueFactory = _ => "raw",
        };
        Option<string?> basePath = ImageFiles.BaseImage();
        Option<bool> force = Shared.Force();
        Option<bool> dryRun = Shared.DryRun();
        return host.Make("extract", "Write an image's payload to a file.", (parsed, output, _) =>
        {
            string word = parsed.GetRequiredValue(format);
            if (!PayloadFormatNames.TryParse(word, out PayloadFormat kind) || !PayloadWriter.Formats.Contains(kind))
            {
                throw new FirmwareException(
                    ErrorCode.BadArgument, ("argument", "--format"), ("value", word),
                    ("reason", "it is one of " + string.Join(", ", PayloadWriter.Formats.Select(PayloadFormatNames.Of))));
            }

            TargetImage image = ImageFiles.Decode(parsed.GetRequiredValue(path), parsed.GetValue(basePath));
            MemoryImage memory = ToMemory(image);
            using var bytes = new MemoryStream();
            PayloadWriter.Write(bytes, memory, kind, new PayloadWriteOptions());
            string file = parsed.GetRequiredValue(target);
            bool isDryRun = parsed.GetValue(dryRun);
            if (!isDryRun)
            {
                Shared.WriteFile(file, bytes.ToArray(), parsed.GetValue(force));
            }

            output.Result(
                new
                {
                    path = file, format = word, payloadBytes = image.Manifest.PayloadBytes, fileBytes = bytes.Length,
                    isDryRun,
                },
                () => output.Results.WriteLine(
                    $"{(isDryRun ? "would write" : "wrote")} {file}: {Shared.Size(image.Manifest.PayloadBytes)} of payload from 0x{image.Manifest.VirtualBase:X8}"));
            return Task.CompletedTask;
        }, path, target, format, basePath, force, dryRun);
    }

    static MemoryImage ToMemory(TargetImage image)
    {
        uint? entry = image.Manifest.EntryAddress == 0 ? null : image.Manifest.EntryAddress;
        return MemoryImage.Create(
            image.Blocks.Select((data, block) => new MemorySegment(
                image.Manifest.VirtualBase + image.Manifest.BlockVirtualStart(block), data)),
            entry, image.Name);
    }
}
