using System.CommandLine;
using Spectre.Console;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Journal;
using Twinbank.Core.Slots;
using Twinbank.Flashing.Devices;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw device ...</c>: what is asked of a board over its link.</summary>
static class DeviceCommands
{
    internal static Command Create(CommandHost host)
        => CommandHost.Group(
            "device", "Talk to a board.", Info(host), DeviceFlashCommand.Create(host),
            DeviceBackups.Create(host), DevicePromoteCommand.Create(host),
            Simple(host, "confirm", "Make the running image the confirmed one.", "confirmed", (s, c) => s.ConfirmAsync(c)),
            Simple(
                host, "revert", "Undo the last update: ends a trial, or goes back from a confirmed image to the previous one.",
                "reverting", (s, c) => s.UndoAsync(c)),
            Simple(host, "reset", "Reset the board.", "resetting", (s, c) => s.ResetAsync(c)),
            ResetTo(host), Log(host));

    /// <summary>Opens a session for the length of some work.</summary>
    internal static async Task WithSession(
        ParseResult parsed, Option<string> port, Func<DeviceSession, Task> work, CancellationToken cancellation)
    {
        DeviceSession session = await DeviceSession.OpenAsync(Shared.Address(parsed, port), cancellation: cancellation)
            .ConfigureAwait(false);
        await using (session.ConfigureAwait(false))
        {
            await work(session).ConfigureAwait(false);
        }
    }

    static Command Simple(
        CommandHost host, string name, string description, string done,
        Func<DeviceSession, CancellationToken, Task> ask)
    {
        Option<string> port = Shared.Port();
        return host.Make(name, description, (parsed, output, cancellation) => WithSession(
            parsed, port, async session =>
            {
                await ask(session, cancellation).ConfigureAwait(false);
                output.Result(new { port = session.LinkName, done }, () => output.Results.WriteLine(done));
            }, cancellation), port);
    }

    static Command ResetTo(CommandHost host)
    {
        var target = new Argument<string>("image")
        {
            Description = "current (ends a trial), previous, golden, a slot (A), or a generation of one (A.1).",
        };
        target.CompletionSources.Add("current", "previous", "golden", "A", "B");
        Option<string> port = Shared.Port();
        return host.Make("reset-to", "Reset the board into another of its images.", (parsed, output, cancellation) =>
        {
            ResetTarget to = ResetTarget.Parse(parsed.GetRequiredValue(target));
            return WithSession(
                parsed, port, async session =>
                {
                    await session.ResetToAsync(to, cancellation).ConfigureAwait(false);
                    output.Result(
                        new { port = session.LinkName, resetTo = to.Name },
                        () => output.Results.WriteLine($"resetting to the image '{to.Name}'"));
                }, cancellation);
        }, target, port);
    }

    static Command Info(CommandHost host)
    {
        Option<string> port = Shared.Port();
        return host.Make("info", "Show what the board is, runs and remembers.", (parsed, output, cancellation) => WithSession(
            parsed, port, async session =>
            {
                DeviceInfo info = await session.ReadInfoAsync(cancellation: cancellation).ConfigureAwait(false);
                IReadOnlyList<SlotImage> images = await session.ReadImagesAsync(cancellation).ConfigureAwait(false);
                IReadOnlyList<SlotGenerations> generations = info.OverlayRamBytes is null
                    ? []
                    : await ReadGenerations(session, cancellation).ConfigureAwait(false);
                output.Result(
                    DeviceText.View(info, images, generations),
                    () => DeviceText.Write(output, info, images, generations));
            }, cancellation), port);
    }

    static async Task<IReadOnlyList<SlotGenerations>> ReadGenerations(
        DeviceSession session, CancellationToken cancellation)
    {
        var found = new List<SlotGenerations>();
        for (int slot = 0; slot <= 1; slot++)
        {
            if (await session.TryReadGenerationsAsync(slot, cancellation).ConfigureAwait(false) is { } generations)
            {
                found.Add(generations);
            }
        }

        return found;
    }

    static Command Log(CommandHost host)
    {
        Option<string> port = Shared.Port();
        var count = new Option<int>("--count", "-n")
        {
            Description = "Records at most, newest first.", DefaultValueFactory = _ => 20,
        };
        return host.Make("log", "Show the board's boot journal, newest first.", (parsed, output, cancellation) => WithSession(
            parsed, port, async session =>
            {
                IReadOnlyList<DeviceLogEntry> entries = await session
                    .ReadLogAsync(parsed.GetValue(count), cancellation).ConfigureAwait(false);
                output.Result(entries.Select(e => View(e.Record)), () => WriteLog(output, entries));
            }, cancellation), port, count);
    }

    static object View(JournalRecord r)
        => new
        {
            r.Sequence, @event = r.Event, r.State, active = SlotName(r.ActiveSlot), r.ActiveGeneration,
            previous = SlotName(r.PreviousSlot), r.PreviousGeneration,
            r.TrialBootsLeft, r.TrialBootsGranted, r.SecurityFloor, reason = r.FailureReason, r.FailureStatus,
            address = $"0x{r.FailureAddress:X8}", digest = Shared.Hex(r.ActiveDigest),
        };

    static void WriteLog(CommandOutput output, IReadOnlyList<DeviceLogEntry> entries)
    {
        var table = new Table().Border(TableBorder.Simple)
            .AddColumns("record", "event", "state", "active", "previous", "boots", "reason", "image");
        foreach (DeviceLogEntry entry in entries)
        {
            JournalRecord r = entry.Record;
            table.AddRow(
                $"{r.Sequence}", $"{r.Event}", $"{r.State}", Place(r.ActiveSlot, r.ActiveGeneration),
                Place(r.PreviousSlot, r.PreviousGeneration),
                r.State == JournalState.Trial ? $"{r.TrialBootsLeft} of {r.TrialBootsGranted}" : "",
                r.FailureReason == FailureReason.None ? "" : $"{r.FailureReason}", Shared.Hex(r.ActiveDigest)[..12]);
        }

        output.Screen.Write(table);
    }

    static string Place(SlotId slot, int generation)
        => generation == 0 ? SlotName(slot) : $"{SlotName(slot)}.{generation}";

    static string SlotName(SlotId slot) => slot == SlotId.None ? "-" : slot.ToString();
}
