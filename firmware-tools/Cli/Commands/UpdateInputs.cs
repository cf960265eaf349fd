using System.CommandLine;
using Twinbank.Boards;
using Twinbank.Cli.Terminal;
using Twinbank.Errors;
using Twinbank.Images.Containers;
using Twinbank.Images.Planning;
using Twinbank.Links;
using LinkKind = Twinbank.Links.LinkKind;

namespace Twinbank.Cli.Commands;

/// <summary>What <c>fw plan</c> and <c>fw device flash</c> are told about an update.</summary>
sealed class UpdateInputs
{
    internal Argument<string> Image { get; } = ImageFiles.Path(text: "The new image, or a delta to it (.fwi).");

    internal Option<string[]> Bases { get; } = new("--base")
    {
        Description = "Image that devices may run, to make a delta from; may be given several times.",
        Arity = ArgumentArity.ZeroOrMore,
    };

    internal Option<string?> Releases { get; } = new("--releases")
    {
        Description = "Folder of released images: the one that the board runs is found there.",
    };

    /// <summary>The images that the options name.</summary>
    internal KnownImages LoadKnown(ParseResult parsed, CommandOutput output)
    {
        var known = new KnownImages();
        foreach (string path in parsed.GetValue(Bases) ?? [])
        {
            known.AddFile(path);
        }

        if (parsed.GetValue(Releases) is { } folder)
        {
            known.AddFolder(folder);
        }

        foreach (string skipped in known.Skipped)
        {
            output.Note($"skipped {skipped}");
        }

        return known;
    }

    /// <summary>The update in all containers that can be made for a device.</summary>
    internal static UpdateContainers Make(
        ContainerFile given, byte[]? runningDigest, KnownImages known, CommandOutput output,
        CancellationToken cancellation)
    {
        using ProgressLine progress = output.StartProgress("comparing");
        return UpdateContainers.Make(
            given, runningDigest, known, done => progress.Report(done, given.Manifest.BlockCount, "blocks"),
            cancellation);
    }

    /// <summary>The board's file; null when this host has none for it.</summary>
    internal static Board? FindBoard(string id)
    {
        try
        {
            return BoardCatalog.Locate().Find(id);
        }
        catch (FirmwareException error) when (error.Code == ErrorCode.UnknownBoard)
        {
            return null;
        }
    }

    /// <summary>Only a serial line has a speed that is known before it is used.</summary>
    internal static LinkCost CostOf(LinkAddress address, bool isCompact)
        => address.Kind == LinkKind.Serial ? LinkCost.Serial(address.BaudRate, isCompact) : LinkCost.Unknown;
}
