using Spectre.Console;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Journal;
using Twinbank.Flashing.Devices;

namespace Twinbank.Cli.Commands;

/// <summary>What a board says of itself, for people and for programs.</summary>
static class DeviceText
{
    const int Golden = 2;

    internal static object View(
        DeviceInfo i, IReadOnlyList<SlotImage> images, IReadOnlyList<SlotGenerations> generations)
        => new
        {
            i.Board, i.HardwareRevision, agent = i.AgentVersion, i.Translation, i.State, recovery = i.IsInRecovery,
            running = Slot(i.RunningSlot), i.RunningGeneration, active = Slot(i.ActiveSlot), i.Generation,
            previous = Slot(i.PreviousSlot), i.PreviousGeneration, golden = images.Any(s => s.Slot == Golden),
            i.OverlayRamBytes,
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
            slots = generations.Select(s => new
            {
                slot = SlotImage.NameOf(s.Slot), overlayBytes = s.TotalBytes, overlayBytesFree = s.FreeBytes,
                generations = s.Generations.Select(g => new
                {
                    g.Generation, g.Base, g.Version, digest = Shared.Hex(g.Digest.Span), g.ContainerBytes,
                }),
            }),
        };

    internal static void Write(
        CommandOutput output, DeviceInfo i, IReadOnlyList<SlotImage> images,
        IReadOnlyList<SlotGenerations> generations)
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

        string golden = i.Geometry.SlotCount <= Golden ? "this board has no golden store"
            : images.FirstOrDefault(image => image.Slot == Golden) is { } held ? held.Version
            : "empty; 'fw device promote' fills it";
        to.WriteLine($"  golden      {golden}");
        WriteSpace(to, generations);
        var table = new Table().Border(TableBorder.Simple).AddColumns("slot", "version", "image", "is");
        foreach (SlotImage image in images)
        {
            table.AddRow(
                image.SlotName, Markup.Escape(image.Version), Shared.Hex(image.Digest.Span)[..12],
                string.Join(", ", Words(image)));
        }

        output.Screen.Write(table);
        WriteGenerations(output, generations);
    }

    static void WriteSpace(TextWriter to, IReadOnlyList<SlotGenerations> generations)
    {
        foreach (SlotGenerations slot in generations.Where(slot => slot.TotalBytes > 0))
        {
            to.WriteLine(
                $"  overlays    slot {SlotImage.NameOf(slot.Slot)}: {Shared.Size(slot.FreeBytes)} of"
                + $" {Shared.Size(slot.TotalBytes)} free");
        }
    }

    static void WriteGenerations(CommandOutput output, IReadOnlyList<SlotGenerations> slots)
    {
        if (slots.All(slot => slot.Generations.Count <= 1))
        {
            return;
        }

        var table = new Table().Border(TableBorder.Simple).AddColumns("generation", "version", "image", "made from", "bytes");
        foreach (SlotGenerations slot in slots)
        {
            string name = SlotImage.NameOf(slot.Slot);
            foreach (SlotGeneration g in slot.Generations)
            {
                table.AddRow(
                    $"{name}.{g.Generation}", Markup.Escape(g.Version), Shared.Hex(g.Digest.Span)[..12],
                    g.Generation == 0 ? "" : $"{name}.{g.Base}", g.Generation == 0 ? "" : $"{g.ContainerBytes}");
            }
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
            ? $"trial of {Place(i.ActiveSlot, i.Generation)}, {i.TrialBootsLeft} of {i.TrialBootsGranted} boots left"
            : $"confirmed, {Place(i.ActiveSlot, i.Generation)}";
        text += i.PreviousSlot is null ? "" : $"; previous is {Place(i.PreviousSlot, i.PreviousGeneration)}";
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

    static string Place(int? slot, int generation)
        => generation == 0 ? $"slot {Slot(slot)}" : $"generation {Slot(slot)}.{generation}";

    static string? Slot(int? slot) => slot is { } number ? SlotImage.NameOf(number) : null;
}
