using System.Globalization;
using Twinbank.Core.Trust;
using Twinbank.Errors;
using Twinbank.Images.Containers;

namespace Twinbank.Images.Planning;

/// <summary>
/// Compares the strategies for one update. A pure function of its arguments: the command line uses it, and so can a
/// server or a gateway that only knows what a device reported.
/// </summary>
public static class UpdatePlanner
{
    // Estimates closer than this are equal: then wear decides.
    const double SecondsTie = 0.05;

    /// <summary>A row per strategy, and the choice.</summary>
    /// <param name="device">What the device is and holds.</param>
    /// <param name="update">The update in its containers.</param>
    /// <param name="wanted">The strategy a person asked for; null for the best one.</param>
    /// <exception cref="FirmwareException">
    /// StrategyNotPossible when the wanted one cannot be used; WrongBase when none can.
    /// </exception>
    public static UpdatePlan Plan(PlanDevice device, UpdateContainers update, UpdateStrategy? wanted = null)
    {
        StrategyEstimate[] rows =
        [
            Overlay(device, update), Sync(device, update), Full(device, update), CompactThenOverlay(device, update),
        ];
        if (wanted is { } strategy)
        {
            StrategyEstimate row = rows.Single(candidate => candidate.Strategy == strategy);
            return row.IsApplicable
                ? new UpdatePlan(rows, row, $"{NameOf(strategy)}: asked for")
                : throw new FirmwareException(
                    ErrorCode.StrategyNotPossible, ("strategy", NameOf(strategy)), ("subject", update.Given.Subject),
                    ("reason", row.WhyNot!));
        }

        StrategyEstimate[] usable = [.. rows.Where(row => row.IsApplicable)];
        if (usable.Length == 0)
        {
            throw StatusErrors.ToException(Core.Status.WrongBase, update.Given.Subject);
        }

        StrategyEstimate choice = usable.Aggregate((best, row) => IsBetter(row, best) ? row : best);
        return new UpdatePlan(rows, choice, ReasonFor(choice, rows));
    }

    /// <summary>
    /// The best row that writes the other slot, for a device that refuses the overlay it was offered; null when there
    /// is none.
    /// </summary>
    public static StrategyEstimate? WithoutOverlay(UpdatePlan plan)
        => plan.Rows.Where(row => row.IsApplicable && row.Strategy is UpdateStrategy.Sync or UpdateStrategy.Full)
            .Aggregate((StrategyEstimate?)null, (best, row) => best is null || IsBetter(row, best) ? row : best);

    /// <summary>The strategy as commands and sentences name it.</summary>
    public static string NameOf(UpdateStrategy strategy) => strategy switch
    {
        UpdateStrategy.Overlay => "overlay",
        UpdateStrategy.Sync => "sync",
        UpdateStrategy.Full => "full",
        _ => "compaction, then overlay",
    };

    static StrategyEstimate Overlay(PlanDevice device, UpdateContainers update)
    {
        const UpdateStrategy strategy = UpdateStrategy.Overlay;
        if (WhyNoOverlay(device, update) is { } why)
        {
            return Not(strategy, why);
        }

        OverlaySpace space = device.Overlays!;
        return WhyNoRoom(device, update.Delta!, space.FreeBytes) is { } noRoom
            ? Not(strategy, noRoom)
            : Timed(device, OverlayRow(device, update, strategy));
    }

    static StrategyEstimate CompactThenOverlay(PlanDevice device, UpdateContainers update)
    {
        const UpdateStrategy strategy = UpdateStrategy.CompactThenOverlay;
        if (WhyNoOverlay(device, update) is { } why)
        {
            return Not(strategy, why);
        }

        OverlaySpace space = device.Overlays!;
        if (update.Base is null)
        {
            return Not(strategy, WhyNoDelta(device));
        }

        if (space.Generation == 0)
        {
            return Not(strategy, "there is nothing to fold: the running image has no overlays");
        }

        long freshBytes = OverlaySpace.OfFresh(update.Base.Manifest, device.Geometry.ProgramUnitBytes).TotalBytes;
        if (WhyNoRoom(device, update.Delta!, freshBytes) is { } noRoom)
        {
            return Not(strategy, noRoom);
        }

        InstallForecast fold = InstallForecast.OfCompaction(device, update.Base);
        StrategyEstimate overlay = OverlayRow(device, update, strategy);
        return Timed(device, overlay with
        {
            ProgrammedBytes = overlay.ProgrammedBytes + fold.ProgrammedBytes,
            SectorErases = fold.SectorErases,
            WorstSectorErases = Math.Min(1, fold.SectorErases),
            IsUpperBound = fold.IsUpperBound,
        });
    }

    static StrategyEstimate Sync(PlanDevice device, UpdateContainers update)
        => update.Delta is { } delta
            ? Timed(device, Install(device, UpdateStrategy.Sync, delta))
            : Not(UpdateStrategy.Sync, WhyNoDelta(device));

    static StrategyEstimate Full(PlanDevice device, UpdateContainers update)
        => update.Full is { } full
            ? Timed(device, Install(device, UpdateStrategy.Full, full))
            : Not(
                UpdateStrategy.Full,
                "a delta was given, and the image it is for is not known here; name it with --base or --releases");

    static StrategyEstimate Install(PlanDevice device, UpdateStrategy strategy, ContainerFile container)
    {
        InstallForecast forecast = InstallForecast.Of(device, container);
        return new StrategyEstimate
        {
            Strategy = strategy,
            WireBytes = forecast.WireBytes,
            ProgrammedBytes = forecast.ProgrammedBytes,
            SectorErases = forecast.SectorErases,
            WorstSectorErases = Math.Min(1, forecast.SectorErases),
            DeviceRamBytes = DeviceMemory.ToInstall(container, device.Geometry),
            IsUpperBound = forecast.IsUpperBound,
        };
    }

    static StrategyEstimate OverlayRow(PlanDevice device, UpdateContainers update, UpdateStrategy strategy)
        => new()
        {
            Strategy = strategy,
            WireBytes = update.Delta!.Bytes.Length,
            ProgrammedBytes = OverlaySpace.StepBytes(device.Geometry.ProgramUnitBytes)
                + device.Geometry.Padded(update.Delta.Bytes.Length),
            DeviceRamBytes = DeviceMemory.ToInstall(update.Delta, device.Geometry)
                + DeviceMemory.ToCompose(update.Delta, device.GranuleBytes),
        };

    static StrategyEstimate Timed(PlanDevice device, StrategyEstimate row) => row with
    {
        LinkSeconds = device.Link.Seconds(row.WireBytes),
        FlashSeconds = device.Times?.Seconds(row.SectorErases, row.ProgrammedBytes),
    };

    static string? WhyNoRoom(PlanDevice device, ContainerFile delta, long freeBytes)
    {
        long bytes = OverlaySpace.RecordBytes(device.Geometry.ProgramUnitBytes, delta.Bytes.Length);
        long ram = DeviceMemory.ToCompose(delta, device.GranuleBytes);
        if (bytes > freeBytes)
        {
            return $"it needs {bytes} bytes of buffer areas, and {freeBytes} are free";
        }

        return ram > device.Overlays!.RamBytes
            ? $"its changed blocks need {ram} bytes of RAM, and the device has {device.Overlays.RamBytes}"
            : null;
    }

    static string? WhyNoOverlay(PlanDevice device, UpdateContainers update)
    {
        if (device.Translation is not (Translation.MmuPages or Translation.Software))
        {
            return $"the board's translation is {BoardWord(device.Translation)}; an overlay needs mmuPages or software";
        }

        if (device.Overlays is null)
        {
            return device.RunningDigest is null ? "no image runs there" : "the device takes no overlays";
        }

        return update.Delta is null ? WhyNoDelta(device) : null;
    }

    static string WhyNoDelta(PlanDevice device)
        => device.RunningDigest is not { } digest
            ? "no image runs there"
            : $"the running image {device.RunningVersion} ({Convert.ToHexStringLower(digest)[..12]}) is not known here;"
                + " name it with --base or --releases";

    static string BoardWord(Translation translation)
        => char.ToLowerInvariant(translation.ToString()[0]) + translation.ToString()[1..];

    static StrategyEstimate Not(UpdateStrategy strategy, string why) => new() { Strategy = strategy, WhyNot = why };

    static bool IsBetter(StrategyEstimate row, StrategyEstimate best)
    {
        if (row.Seconds is { } seconds && best.Seconds is { } least
            && Math.Abs(seconds - least) > SecondsTie * Math.Max(seconds, least))
        {
            return seconds < least;
        }

        return (row.SectorErases, row.WireBytes, row.ProgrammedBytes)
            .CompareTo((best.SectorErases, best.WireBytes, best.ProgrammedBytes)) < 0;
    }

    static string ReasonFor(StrategyEstimate choice, IReadOnlyList<StrategyEstimate> rows)
    {
        string name = NameOf(choice.Strategy);
        StrategyEstimate[] others = [.. rows.Where(row => row.IsApplicable && row != choice)];
        if (others.Length == 0)
        {
            string whyNot = string.Join("; ", rows.Where(row => !row.IsApplicable)
                .Select(row => $"{NameOf(row.Strategy)}: {row.WhyNot}").Take(2));
            return $"{name}: the only one that is possible ({whyNot})";
        }

        StrategyEstimate next = others.Aggregate((best, row) => IsBetter(row, best) ? row : best);
        return $"{name}: {Amounts(choice)}; {NameOf(next.Strategy)} would take {Amounts(next)}";
    }

    /// <summary>"4 ms", "1.5 s".</summary>
    public static string TimeText(double seconds)
        => seconds < 1
            ? string.Create(CultureInfo.InvariantCulture, $"{seconds * 1000:0} ms")
            : string.Create(CultureInfo.InvariantCulture, $"{seconds:0.0} s");

    static string Amounts(StrategyEstimate row)
    {
        string seconds = row.Seconds is { } value ? TimeText(value) + ", " : "";
        return $"{seconds}{row.SectorErases} erases, {row.WireBytes} bytes on the wire";
    }
}
