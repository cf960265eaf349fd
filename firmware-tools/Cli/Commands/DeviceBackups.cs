using System.CommandLine;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Flashing.Backups;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images;
using Twinbank.Images.Planning;
using Twinbank.Images.Updates;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw device backup</c>, and the backup that <c>fw device flash</c> makes first.</summary>
static class DeviceBackups
{
    internal static Command Create(CommandHost host)
    {
        var path = new Argument<string>("file") { Description = "The image file to write (.fwi)." };
        var slot = new Option<string?>("--slot")
        {
            Description = "A, B or golden. Default: the one that runs.",
        };
        Option<string> port = Shared.Port();
        Option<bool> force = Shared.Force();
        Option<bool> dryRun = Shared.DryRun();
        return host.Make(
            "backup",
            "Read an image back from the board into a file; 'fw device flash' with that file restores it.",
            (parsed, output, cancellation) => DeviceCommands.WithSession(
                parsed, port, async session =>
                {
                    string file = parsed.GetRequiredValue(path);
                    bool isDryRun = parsed.GetValue(dryRun);
                    ImageFiles.RefuseExisting(file, parsed.GetValue(force) || isDryRun);
                    DeviceInfo info = await session.ReadInfoAsync(cancellation: cancellation).ConfigureAwait(false);
                    SlotImage image = Choose(
                        await session.ReadImagesAsync(cancellation).ConfigureAwait(false), parsed.GetValue(slot));
                    TargetImage found = await Read(session, info, image, output, cancellation).ConfigureAwait(false);
                    if (!isDryRun)
                    {
                        Write(file, found, parsed.GetValue(force), cancellation);
                    }

                    Report(output, file, image, found, isDryRun);
                }, cancellation), path, slot, port, force, dryRun);
    }

    /// <summary>
    /// Keeps the image that an update is going to overwrite, or says why no backup is needed or was made. Nothing of
    /// the device has changed before this returns.
    /// </summary>
    internal static async Task BeforeFlash(
        DeviceSession session, DeviceSurvey survey, UpdateStrategy strategy, byte[] newDigest, KnownImages known,
        string? file, bool force, CommandOutput output, CancellationToken cancellation)
    {
        BackupNeed need = BackupNeed.Of(survey, strategy, newDigest, known);
        if (need.Lost is not { } lost)
        {
            Note(output, file, "no backup needed: no image is overwritten");
        }
        else if (need.SafeIn is { } place)
        {
            Note(output, file, $"no backup needed: {lost.Version}, which slot {lost.SlotName} gives up, is also in {place}");
        }
        else if (file is null)
        {
            output.Note(
                $"slot {lost.SlotName} gives up {lost.Version}, and no other copy is known; --backup FILE.fwi keeps one");
        }
        else
        {
            TargetImage image = await Read(session, survey.Info, lost, output, cancellation).ConfigureAwait(false);
            Write(file, image, force, cancellation);
            output.Note($"backup: {image.Name} {image.Version} of slot {lost.SlotName} is in {file}");
        }
    }

    // Without --backup a reason why none is made would only be noise.
    static void Note(CommandOutput output, string? file, string line)
    {
        if (file is not null)
        {
            output.Note(line);
        }
    }

    static SlotImage Choose(IReadOnlyList<SlotImage> images, string? slot)
    {
        SlotImage? found = slot is null
            ? images.FirstOrDefault(image => image.IsActive)
            : images.FirstOrDefault(image => string.Equals(image.SlotName, slot, StringComparison.OrdinalIgnoreCase));
        return found ?? throw new FirmwareException(
            ErrorCode.NotFound, ("subject", slot is null ? "A running image" : $"An image in slot '{slot}'"));
    }

    static async Task<TargetImage> Read(
        DeviceSession session, DeviceInfo info, SlotImage image, CommandOutput output, CancellationToken cancellation)
    {
        using ProgressLine progress = output.StartProgress("reading back");
        return await SlotBackup.ReadAsync(
            session, info.Geometry, image,
            new Relay<UploadProgress>(
                step => progress.Report(step.OffsetBytes, step.TotalBytes, "bytes", step.BytesPerSecond)),
            cancellation).ConfigureAwait(false);
    }

    // The file gets its name when it is complete, so a Ctrl-C leaves no half of it.
    static void Write(string file, TargetImage image, bool force, CancellationToken cancellation)
        => Shared.WriteFile(file, FullContainer.Write(image, Codecs.Default, null, cancellation), force);

    static void Report(CommandOutput output, string file, SlotImage image, TargetImage found, bool isDryRun)
        => output.Result(
            new
            {
                path = file, slot = image.SlotName, found.Name, version = found.Version.ToString(),
                digest = Shared.Hex(found.ManifestDigest), isDryRun,
            },
            () => output.Results.WriteLine(
                $"{(isDryRun ? "would write" : "wrote")} {file}: {found.Name} {found.Version} of slot"
                + $" {image.SlotName}, every block holds"));
}
