using System.CommandLine;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw device promote</c></summary>
static class DevicePromoteCommand
{
    const int Golden = 2;

    internal static Command Create(CommandHost host)
    {
        Option<string> port = Shared.Port();
        Option<bool> dryRun = Shared.DryRun();
        return host.Make(
            "promote",
            "Make the golden image the confirmed one that runs now: what 'reset-to golden' and a board without any other"
            + " good image go back to.",
            (parsed, output, cancellation) => DeviceCommands.WithSession(
                parsed, port, session => Run(session, output, parsed.GetValue(dryRun), cancellation), cancellation),
            port, dryRun);
    }

    static async Task Run(DeviceSession session, CommandOutput output, bool isDryRun, CancellationToken cancellation)
    {
        IReadOnlyList<SlotImage> images = await session.ReadImagesAsync(cancellation).ConfigureAwait(false);
        SlotImage running = images.FirstOrDefault(image => image.IsActive)
            ?? throw new FirmwareException(ErrorCode.NotFound, ("subject", "A running image"));
        SlotImage? golden = images.FirstOrDefault(image => image.Slot == Golden);
        bool isThere = golden is { IsBootable: true } && golden.Is(running.Digest.Span);
        if (golden is not null && !isThere)
        {
            output.Note($"golden gives up {golden.Version} and is empty until the copy is whole");
        }

        if (!isDryRun)
        {
            using ProgressLine progress = output.StartProgress("copying to golden");
            await session.PromoteAsync(
                running.Digest, new Relay<StepProgress>(step => progress.Report(step.Done, step.Total, "blocks")),
                cancellation).ConfigureAwait(false);
        }

        output.Result(
            new
            {
                port = session.LinkName, version = running.Version, digest = Shared.Hex(running.Digest.Span),
                replaced = isThere ? null : golden?.Version, unchanged = isThere, isDryRun,
            },
            () => output.Results.WriteLine(
                isThere ? $"golden holds {running.Version} already"
                : isDryRun ? $"would make {running.Version} the golden image"
                : $"{running.Version} is the golden image"));
    }
}
