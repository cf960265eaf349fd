using Twinbank.Errors;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;
using Twinbank.Images.Updates;
using Twinbank.Flashing.Devices;

namespace Twinbank.Flashing.Plans;

/// <summary>Carries out the chosen strategy of an update: one upload and trial, or two when overlays are folded
/// first.</summary>
public sealed class UpdateCommit
{
    private readonly DeviceSession _session;
    private readonly UpdateContainers _update;
    private readonly FlashOptions _options;
    private readonly IProgress<FlashEvent>? _progress;

    /// <param name="session">The device.</param>
    /// <param name="update">The update in its containers.</param>
    /// <param name="options">How.</param>
    /// <param name="progress">Told what happens.</param>
    public UpdateCommit(
        DeviceSession session, UpdateContainers update, FlashOptions options, IProgress<FlashEvent>? progress = null)
    {
        _session = session;
        _update = update;
        _options = options;
        _progress = progress;
    }

    /// <summary>What will be sent to which slot for a strategy.</summary>
    /// <exception cref="FirmwareException">As <see cref="FlashPlanner.Plan"/>.</exception>
    public FlashPlan PlanFor(UpdateStrategy strategy, DeviceSurvey survey)
    {
        FlashPlan plan = FlashPlanner.Plan(
            _update.For(strategy), survey.Info, survey.Images,
            _options with
            {
                Upload = _options.Upload with
                {
                    IsOverlay = strategy is UpdateStrategy.Overlay or UpdateStrategy.CompactThenOverlay,
                },
            });

        // By then the running image has moved to the other slot, and the overlay goes behind it.
        return strategy == UpdateStrategy.CompactThenOverlay && plan.Action == FlashAction.Send
            ? plan with { TargetSlot = survey.OtherSlot }
            : plan;
    }

    /// <summary>Does it.</summary>
    /// <param name="strategy">An applicable one.</param>
    /// <param name="survey">The device as it was when the plan was made.</param>
    /// <param name="cancellation">As with <see cref="FlashCommit.RunAsync"/>.</param>
    /// <exception cref="FirmwareException">As <see cref="FlashCommit.RunAsync"/>.</exception>
    public async Task<FlashOutcome> RunAsync(
        UpdateStrategy strategy, DeviceSurvey survey, CancellationToken cancellation = default)
    {
        long start = _session.Time.GetTimestamp();
        if (strategy == UpdateStrategy.CompactThenOverlay)
        {
            await CompactAsync(survey, cancellation).ConfigureAwait(false);
            survey = await DeviceSurvey.TakeAsync(_session, cancellation).ConfigureAwait(false);
            strategy = UpdateStrategy.Overlay;
        }

        FlashOutcome outcome = await FlashCommit
            .RunAsync(_session, PlanFor(strategy, survey), _progress, cancellation).ConfigureAwait(false);
        return outcome with { TotalTime = _session.Time.GetElapsedTime(start) };
    }

    // The folded image has to run from its new place and be confirmed there, as any other, before anything is built on
    // it; so this part always waits.
    private async Task CompactAsync(DeviceSurvey survey, CancellationToken cancellation)
    {
        ContainerFile running = ContainerFile.Parse(
            "the running image", FullContainer.Write(_update.Base!, null, null, cancellation));
        FlashPlan plan = FlashPlanner.PlanCompaction(
            running, survey.Info, survey.Images,
            _options with { StopsBeforeReset = false, StopsAfterReset = false });
        await FlashCommit.RunAsync(_session, plan, _progress, cancellation).ConfigureAwait(false);
    }
}
