using Spectre.Console;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Journal;
using Twinbank.Flashing.Devices;

namespace Twinbank.Cli.Commands;

/// <summary>What a board says of itself, for people and for programs.</summary>
static class DeviceText
{
    internal static object View(DeviceInfo i, IReadOnlyList<SlotImage> images)
        => new
        {
            i.Board, i.HardwareRevision, agent = i.AgentVersion, i.Translation, i.State, recovery = i.IsInRecovery,
            running = Slot(i.RunningSlot), active = Slot(i.ActiveSlot), previous = Slot(i.PreviousSlot), i.Generation,
            i.TrialBootsLeft, i.TrialBootsGranted, i.ProbationSeconds, i.SecurityFloor, i.JournalSequence,
            i.AttemptCount,
            i.RevertCount, i.InstallCount, resetCause = i.ResetCause, geometry = i.Geometry,
            failure = i.Failure is { } f
                ? new
                {
                    reason = f.Reason, status = f.Status, slot = Slot(f.Slot), text = f.Describe(),
                    programCounter = $"0x{f.ProgramCounter:X8}", detail = $"0x{f.Detail:X8}", address = $"0x{f.Address:X8}",
                    image = Shared.Hex(f.DigestPrefix.Span),
                }
                : null,
            images = images.Select(s => new
            {
                slot = s.SlotName, s.Version, digest = Shared.Hex(s.Digest.Span), s.IsBootable, s.IsActive,
                s.IsConfirmed,
                s.IsPending,
            }),
        };

    internal static void Write(CommandOutput output, DeviceInfo i, IReadOnlyList<SlotImage> images)
    {
        TextWriter to = output.Results;
        to.WriteLine($"{i.Board}, hardware revision {i.HardwareRevision}, agent {i.AgentVersion}");
        to.WriteLine($"  state       {State(i)}");
        to.WriteLine($"  translation {i.Translation}; security floor {i.SecurityFloor}");
        to.WriteLine($"  counters    {i.InstallCount} updates tried, {i.AttemptCount} trial boots, {i.RevertCount} reverts; journal record {i.JournalSequence}");
        if (i.Failure is { } failure)
        {
            to.WriteLine($"  last failed slot {SlotImage.NameOf(failure.Slot)}, image {Shared.Hex(failure.DigestPrefix.Span)[..12]}: {failure.Describe()}");
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("slot", "version", "image", "is");
        foreach (SlotImage image in images)
        {
            table.AddRow(
                image.SlotName, Markup.Escape(image.Version), Shared.Hex(image.Digest.Span)[..12],
                string.Join(", ", Words(image)));
        }

        output.Screen.Write(table);
    }

    static string State(DeviceInfo i)
    {
        if (i.State == JournalState.None)
        {
            return "empty: waiting for its first image";
        }

        string text = i.State == JournalState.Trial
            ? $"trial of slot {Slot(i.ActiveSlot)}, {i.TrialBootsLeft} of {i.TrialBootsGranted} boots left"
            : $"confirmed, slot {Slot(i.ActiveSlot)}";
        return i.IsInRecovery ? text + " (in recovery: no application runs)" : text;
    }

    static IEnumerable<string> Words(SlotImage image)
    {
        if (image.IsActive)
        {
            yield return "running";
        }

        if (image.IsConfirmed)
        {
            yield return "confirmed";
        }

        if (image.IsPending)
        {
            yield return "pending";
        }

        if (!image.IsBootable)
        {
            yield return "not bootable";
        }
    }

    static string? Slot(int? slot) => slot is { } number ? SlotImage.NameOf(number) : null;
}
