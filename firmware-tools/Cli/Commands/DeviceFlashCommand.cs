using System.CommandLine;
using System.Globalization;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw device flash</c></summary>
sealed class DeviceFlashCommand
{
    readonly UpdateInputs _inputs = new();
    readonly Option<string> _port = Shared.Port();
    readonly Option<FlashStrategy> _strategy = new("--strategy")
    {
        Description = "auto: the best one ('fw plan' shows them). overlay: append the difference, erase nothing."
            + " sync: send the difference to the other slot. full: send the whole image to the other slot."
            + " compact: fold the overlays into the other slot first, then append one.",
        DefaultValueFactory = _ => FlashStrategy.Auto,
    };

    readonly Option<string?> _backup = new("--backup")
    {
        Description = "First read the image that is overwritten back into this file, if no other copy of it is known.",
    };

    readonly Option<bool> _retry = new("--retry-failed") { Description = "Try an image that failed on this board before." };
    readonly Option<bool> _confirm = new("--confirm")
    {
        Description = "Confirm from here, without waiting for the application's own health check.",
    };

    readonly Option<bool> _noReset = new("--no-reset") { Description = "Stop before the reset: the next boot tries the image." };
    readonly Option<bool> _noWait = new("--no-wait") { Description = "Do not wait for the trial's outcome." };
    readonly Option<bool> _force = Shared.Force();
    readonly Option<bool> _dryRun = Shared.DryRun();

    internal static Command Create(CommandHost host)
    {
        var it = new DeviceFlashCommand();
        return host.Make(
            "flash", "Bring an image onto the board the best way, try it, and wait until it is confirmed or reverted.",
            it.Run, it._inputs.Image, it._port, it._strategy, it._inputs.Bases, it._inputs.Releases, it._backup,
            it._retry, it._confirm, it._noReset, it._noWait, it._force, it._dryRun);
    }

    Task Run(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
        => DeviceCommands.WithSession(parsed, _port, async session =>
        {
            UpdateFile file = UpdateFile.Load(parsed.GetRequiredValue(_inputs.Image));
            DeviceSurvey survey = await DeviceSurvey.TakeAsync(session, cancellation).ConfigureAwait(false);
            ContainerFile given = file.For(survey.RunningDigest);
            FlashOptions options = Options(parsed);
            session.TextReceived += line => output.Note($"board: {line}");
            FlashPlan known = FlashPlanner.Plan(
                given, survey.Info, survey.Images, options with { AcceptsOtherBase = true });
            if (known.Action == FlashAction.Send)
            {
                await Send(parsed, session, survey, given, output, cancellation).ConfigureAwait(false);
                return;
            }

            output.Note($"plan: {known.Reason}");
            if (parsed.GetValue(_dryRun))
            {
                ReportPlan(output, known, null);
                return;
            }

            using ProgressLine progress = output.StartProgress("sending");
            FlashOutcome outcome = await FlashCommit.RunAsync(session, known, Show(output, progress), cancellation)
                .ConfigureAwait(false);
            ReportOutcome(output, known, null, outcome);
        }, cancellation);

    async Task Send(
        ParseResult parsed, DeviceSession session, DeviceSurvey survey, ContainerFile given, CommandOutput output,
        CancellationToken cancellation)
    {
        KnownImages known = _inputs.LoadKnown(parsed, output);
        UpdateContainers update = UpdateInputs.Make(given, survey.RunningDigest, known, output, cancellation);
        PlanDevice device = survey.ToPlanDevice(
            UpdateInputs.FindBoard(survey.Info.Board),
            UpdateInputs.CostOf(Shared.Address(parsed, _port), survey.Info.OffersCompactFraming));
        FlashStrategy wanted = parsed.GetValue(_strategy);
        UpdatePlan plan = UpdatePlanner.Plan(device, update, Wanted(wanted));
        output.Note($"plan: {plan.Reason}");
        using ProgressLine progress = output.StartProgress("sending");
        var commit = new UpdateCommit(session, update, Options(parsed), Show(output, progress));
        FlashPlan flash = commit.PlanFor(plan.Choice.Strategy, survey);
        if (parsed.GetValue(_dryRun))
        {
            ReportPlan(output, flash, plan);
            return;
        }

        async Task Run(UpdateStrategy strategy)
        {
            await DeviceBackups.BeforeFlash(
                session, survey, strategy, given.ManifestDigest, known, parsed.GetValue(_backup),
                parsed.GetValue(_force), output, cancellation).ConfigureAwait(false);
            FlashOutcome outcome = await commit.RunAsync(strategy, survey, cancellation).ConfigureAwait(false);
            ReportOutcome(output, commit.PlanFor(strategy, survey), strategy, outcome);
        }

        try
        {
            await Run(plan.Choice.Strategy).ConfigureAwait(false);
        }
        catch (FirmwareException error) when (
            wanted == FlashStrategy.Auto && plan.Choice.Strategy == UpdateStrategy.Overlay && IsRefusedOverlay(error)
            && UpdatePlanner.WithoutOverlay(plan) is not null)
        {
            // Only the device sees what really lies in its buffer areas. Nothing has changed there.
            StrategyEstimate next = UpdatePlanner.WithoutOverlay(plan)!;
            output.Note($"the board takes no overlay: {error.Detail} Going on with {UpdatePlanner.NameOf(next.Strategy)}.");
            await Run(next.Strategy).ConfigureAwait(false);
        }
    }

    static bool IsRefusedOverlay(FirmwareException error)
        => error.Code == ErrorCode.NoSpace || error.Code == ErrorCode.NotErased || error.Code == ErrorCode.NotSupported;

    static UpdateStrategy? Wanted(FlashStrategy strategy) => strategy switch
    {
        FlashStrategy.Overlay => UpdateStrategy.Overlay,
        FlashStrategy.Sync => UpdateStrategy.Sync,
        FlashStrategy.Full => UpdateStrategy.Full,
        FlashStrategy.Compact => UpdateStrategy.CompactThenOverlay,
        _ => null,
    };

    FlashOptions Options(ParseResult parsed)
        => new()
        {
            RetryFailed = parsed.GetValue(_retry), ConfirmsFromHost = parsed.GetValue(_confirm),
            StopsBeforeReset = parsed.GetValue(_noReset), StopsAfterReset = parsed.GetValue(_noWait),
            Upload = new UploadOptions { Insist = parsed.GetValue(_retry) },
        };

    static Relay<FlashEvent> Show(CommandOutput output, ProgressLine progress)
    {
        FlashStep last = FlashStep.Upload;
        return new Relay<FlashEvent>(e =>
        {
            if (e.Upload is { } upload)
            {
                progress.Report(upload.OffsetBytes, upload.TotalBytes, "bytes", upload.BytesPerSecond);
            }
            else if (e.Blocks is { } blocks)
            {
                progress.Report(blocks.Done, blocks.Total, "blocks");
            }
            else if (e.Step != last)
            {
                last = e.Step;
                output.Note(e.Text);
            }
        });
    }

    static void ReportPlan(CommandOutput output, FlashPlan plan, UpdatePlan? update)
        => output.Result(
            new
            {
                plan.Action, plan.Reason, image = plan.ImageName, slot = plan.TargetSlotName,
                sendBytesMax = plan.SendBytesMax, plan = update is null ? null : PlanText.View(update),
            },
            () => output.Results.WriteLine(
                $"would {plan.Action.ToString().ToLowerInvariant()} {plan.ImageName} in slot {plan.TargetSlotName},"
                + $" at most {Shared.Size(plan.SendBytesMax)} on the wire"));

    static void ReportOutcome(CommandOutput output, FlashPlan plan, UpdateStrategy? strategy, FlashOutcome outcome)
        => output.Result(
            new
            {
                end = outcome.End, image = plan.ImageName, slot = plan.TargetSlotName, strategy, outcome.SentBytes,
                outcome.SkippedBytes,
                uploadSeconds = outcome.UploadTime.TotalSeconds, totalSeconds = outcome.TotalTime.TotalSeconds,
                blocksKept = outcome.Upload?.BlocksKept, blocksCopied = outcome.Upload?.BlocksCopied,
                blocksWritten = outcome.Upload?.BlocksWritten,
            },
            () =>
            {
                string how = strategy is { } used ? $" by {UpdatePlanner.NameOf(used)}" : "";
                output.Results.WriteLine(
                    $"{plan.ImageName}: {outcome.End.ToString().ToLowerInvariant()} in slot {plan.TargetSlotName}{how}");
                output.Results.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {outcome.SentBytes} bytes sent, {outcome.SkippedBytes} skipped, upload {outcome.UploadTime.TotalSeconds:0.0} s, all {outcome.TotalTime.TotalSeconds:0.0} s"));
                if (outcome.Upload is { } upload && !plan.Options.Upload.IsOverlay)
                {
                    output.Results.WriteLine(
                        $"  blocks: {upload.BlocksWritten} written from the wire, {upload.BlocksCopied} copied on the board, {upload.BlocksKept} kept");
                }
            });
}
