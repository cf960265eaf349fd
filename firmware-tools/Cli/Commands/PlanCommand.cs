using System.CommandLine;
using Twinbank.Boards;
using Twinbank.Cli.Terminal;
using Twinbank.Core.Format;
using Twinbank.Errors;
using Twinbank.Flashing.Plans;
using Twinbank.Images;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;
using Twinbank.Links;

namespace Twinbank.Cli.Commands;

/// <summary><c>fw plan</c></summary>
sealed class PlanCommand
{
    readonly UpdateInputs _inputs = new();
    readonly Option<string> _port = Shared.Port();
    readonly Option<string?> _board = new("--board", "-b")
    {
        Description = "Plan without a device: for this board, which runs the image of --from.",
    };

    readonly Option<string?> _from = new("--from") { Description = "With --board: the image that the board runs." };
    readonly Option<string?> _other = new("--other-slot")
    {
        Description = "With --board: the image that the other slot holds. Without it the costs are the highest possible.",
    };

    internal static Command Create(CommandHost host)
    {
        var it = new PlanCommand();
        Command command = host.Make(
            "plan",
            "Compare all ways to bring an image onto a board: bytes, erases, memory, seconds, and which one is best.",
            it.Run, it._inputs.Image, it._port, it._inputs.Bases, it._inputs.Releases, it._board, it._from, it._other);
        it._port.Aliases.Add("--device");
        return command;
    }

    Task Run(ParseResult parsed, CommandOutput output, CancellationToken cancellation)
        => parsed.GetValue(_board) is { } board
            ? RunOffline(parsed, board, output, cancellation)
            : DeviceCommands.WithSession(
                parsed, _port, async session =>
                {
                    DeviceSurvey survey = await DeviceSurvey.TakeAsync(session, cancellation).ConfigureAwait(false);
                    LinkAddress address = Shared.Address(parsed, _port);
                    PlanDevice device = survey.ToPlanDevice(
                        UpdateInputs.FindBoard(survey.Info.Board),
                        UpdateInputs.CostOf(address, survey.Info.OffersCompactFraming));
                    ContainerFile given = UpdateFile.Load(parsed.GetRequiredValue(_inputs.Image))
                        .For(survey.RunningDigest);
                    FlashPlan check = FlashPlanner.Plan(
                        given, survey.Info, survey.Images,
                        new FlashOptions { RetryFailed = true, AcceptsOtherBase = true });
                    if (check.Action != FlashAction.Send)
                    {
                        output.Note($"nothing has to be sent: {check.Reason}");
                    }

                    Report(parsed, output, given, device, _inputs.LoadKnown(parsed, output), cancellation);
                }, cancellation);

    Task RunOffline(ParseResult parsed, string boardId, CommandOutput output, CancellationToken cancellation)
    {
        Board board = BoardCatalog.Locate().Find(boardId);
        UpdateFile file = UpdateFile.Load(parsed.GetRequiredValue(_inputs.Image));
        CheckBoard(file.Alternatives[0], board);
        KnownImages known = _inputs.LoadKnown(parsed, output);
        ContainerFile? from = Load(parsed, _from, known, board);
        ContainerFile given = file.For(from?.ManifestDigest);
        ContainerFile? other = Load(parsed, _other, known, board);
        PlanDevice device = PlanDevice.OfBoard(board, from?.Manifest) with
        {
            RunningDigest = from?.ManifestDigest,
            RunningVersion = from is null ? "" : VersionOf(from.Manifest).ToString(),
            OtherSlot = other?.Manifest,
            OtherSlotDigest = other?.ManifestDigest,
        };
        Report(parsed, output, given, device, known, cancellation);
        return Task.CompletedTask;
    }

    static ContainerFile? Load(ParseResult parsed, Option<string?> option, KnownImages known, Board board)
    {
        if (parsed.GetValue(option) is not { } path)
        {
            return null;
        }

        ContainerFile file = ContainerFile.Load(path);
        CheckBoard(file, board);
        known.Add(file);
        return file;
    }

    static void CheckBoard(ContainerFile file, Board board)
    {
        if (ManifestText.Name(file.Manifest, Manifest.BoardIdOffset) != board.Id)
        {
            throw new FirmwareException(ErrorCode.WrongBoard, ("subject", file.Subject));
        }
    }

    static void Report(
        ParseResult parsed, CommandOutput output, ContainerFile given, PlanDevice device, KnownImages known,
        CancellationToken cancellation)
    {
        UpdateContainers update = UpdateInputs.Make(given, device.RunningDigest, known, output, cancellation);
        UpdatePlan plan = UpdatePlanner.Plan(device, update);
        string name = $"{ManifestText.Name(given.Manifest, Manifest.ImageNameOffset)} {VersionOf(given.Manifest)}";
        output.Result(
            new { image = name, board = device.BoardId, from = device.RunningVersion, plan = PlanText.View(plan) },
            () =>
            {
                string from = device.RunningVersion.Length == 0 ? "no image" : device.RunningVersion;
                output.Results.WriteLine($"{name} for {device.BoardId}, which runs {from}");
                PlanText.Write(output, plan);
            });
    }

    static ImageVersion VersionOf(Manifest manifest)
        => new(manifest.VersionMajor, manifest.VersionMinor, manifest.VersionPatch, manifest.VersionBuild);
}
