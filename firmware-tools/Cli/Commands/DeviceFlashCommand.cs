using System.CommandLine;
using System.Globalization;
using Twinbank.Cli.Terminal;
using Twinbank.Flashing.Devices;
using Twinbank.Flashing.Plans;
using Twinbank.Images.Containers;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw device flash</c></summary>
sealed class DeviceFlashCommand
{
    readonly Argument<string> _image = ImageFiles.Path();
    readonly Option<string> _port = Shared.Port();
    readonly Option<bool> _retry = new("--retry-failed") { Description = "Try an image that failed on this board before." };
    readonly Option<bool> _confirm = new("--confirm")
    {
        Description = "Confirm from here, without waiting for the application's own health check.",
    };

    readonly Option<bool> _noReset = new("--no-reset") { Description = "Stop before the reset: the next boot tries the image." };
    readonly Option<bool> _noWait = new("--no-wait") { Description = "Do not wait for the trial's outcome." };
    readonly Option<bool> _dryRun = Shared.DryRun();

    internal static Command Create(CommandHost host)
    {
        var it = new DeviceFlashCommand();
        return host.Make(
            "flash", "Send an image or a delta, try it, and wait until it is confirmed or reverted.", it.Run, it._image,
            it._port, it._retry, it._confirm, it._noReset, it._noWait, it._dryRun);
    }

    Task Run(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
        => DeviceCommands.WithSession(parsed, _port, async session =>
        {
            ContainerFile container = ContainerFile.Load(parsed.GetRequiredValue(_image));
            DeviceInfo info = await session.ReadInfoAsync(cancellation: cancellation).ConfigureAwait(false);
            IReadOnlyList<SlotImage> images = await session.ReadImagesAsync(cancellation).ConfigureAwait(false);
            FlashPlan plan = FlashPlanner.Plan(container, info, images, Options(parsed));
            output.Note($"plan: {plan.Reason}");
            session.TextReceived += line => output.Note($"board: {line}");
            if (parsed.GetValue(_dryRun))
            {
                ReportPlan(output, plan);
                return;
            }

            FlashOutcome outcome = await Commit(session, plan, output, cancellation).ConfigureAwait(false);
            ReportOutcome(output, plan, outcome);
        }, cancellation);

    FlashOptions Options(ParseResult parsed)
        => new()
        {
            RetryFailed = parsed.GetValue(_retry), ConfirmsFromHost = parsed.GetValue(_confirm),
            StopsBeforeReset = parsed.GetValue(_noReset), StopsAfterReset = parsed.GetValue(_noWait),
            Upload = new UploadOptions { Insist = parsed.GetValue(_retry) },
        };

    static async Task<FlashOutcome> Commit(
        DeviceSession session, FlashPlan plan, CommandOutput output, CancellationToken cancellation)
    {
        using ProgressLine progress = output.StartProgress("sending");
        FlashStep last = FlashStep.Upload;
        return await FlashCommit.RunAsync(
            session, plan,
            new Relay(e =>
            {
                if (e.Upload is { } upload)
                {
                    progress.Report(upload.OffsetBytes, upload.TotalBytes, "bytes", upload.BytesPerSecond);
                }
                else if (e.Step != last)
                {
                    last = e.Step;
                    output.Note(e.Text);
                }
            }),
            cancellation).ConfigureAwait(false);
    }

    static void ReportPlan(CommandOutput output, FlashPlan plan)
        => output.Result(
            new
            {
                plan.Action, plan.Reason, image = plan.ImageName, slot = plan.TargetSlotName,
                sendBytesMax = plan.SendBytesMax,
            },
            () => output.Results.WriteLine(
                $"would {plan.Action.ToString().ToLowerInvariant()} {plan.ImageName} in slot {plan.TargetSlotName},"
                + $" at most {Shared.Size(plan.SendBytesMax)} on the wire"));

    static void ReportOutcome(CommandOutput output, FlashPlan plan, FlashOutcome outcome)
        => output.Result(
            new
            {
                end = outcome.End, image = plan.ImageName, slot = plan.TargetSlotName, outcome.SentBytes,
                outcome.SkippedBytes,
                uploadSeconds = outcome.UploadTime.TotalSeconds, totalSeconds = outcome.TotalTime.TotalSeconds,
                blocksKept = outcome.Upload?.BlocksKept, blocksCopied = outcome.Upload?.BlocksCopied,
                blocksWritten = outcome.Upload?.BlocksWritten,
            },
            () =>
            {
                output.Results.WriteLine($"{plan.ImageName}: {outcome.End.ToString().ToLowerInvariant()} in slot {plan.TargetSlotName}");
                output.Results.WriteLine(string.Create(
                    CultureInfo.InvariantCulture,
                    $"  {outcome.SentBytes} bytes sent, {outcome.SkippedBytes} skipped, upload {outcome.UploadTime.TotalSeconds:0.0} s, all {outcome.TotalTime.TotalSeconds:0.0} s"));
                if (outcome.Upload is { } upload)
                {
                    output.Results.WriteLine(
                        $"  blocks: {upload.BlocksWritten} written from the wire, {upload.BlocksCopied} copied on the board, {upload.BlocksKept} kept");
                }
            });

    // Progress<T> would post to the pool and reorder; progress is shown as it happens.
    sealed class Relay(Action<FlashEvent> action) : IProgress<FlashEvent>
    {
        public void Report(FlashEvent value) => action(value);
    }
}
