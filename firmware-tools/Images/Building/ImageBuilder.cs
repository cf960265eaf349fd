using System.Text;
using Twinbank.Boards;
using Twinbank.Core.Format;
using Twinbank.Core.Trust;
using Twinbank.Errors;

namespace Twinbank.Images.Building;

/// <summary>Makes a signed image from a payload.</summary>
public static class ImageBuilder
{
    /// <summary>
    /// Builds and signs. The result is checked with the device's own reader against the board before it is returned, so
    /// what this gives, a device of that board accepts.
    /// </summary>
    public static TargetImage Build(ImageRequest request)
    {
        CheckRequest(request);
        PayloadKind kind = request.PayloadKind ?? DefaultKind(request.Board);
        bool isNative = kind is PayloadKind.NativeXip or PayloadKind.NativeRam;
        BlockPlan plan = BlockPlan.For(request, isNative);
        uint entry = isNative ? request.EntryAddress ?? request.Payload.EntryPoint ?? plan.VirtualBase : 0;
        CheckEntry(entry, plan, isNative);

        byte[] manifest = ManifestWriter.Write(request, plan, kind, entry);
        byte[] signatures = SignatureWriter.Sign(manifest, request.Keys);
        CheckTablesFit(request.Board, manifest.Length + signatures.Length);
        var image = new TargetImage(manifest, signatures, [.. plan.Blocks.Select(block => block.Data)]);
        StatusErrors.ThrowUnlessOk(
            OffsetTable.CheckTranslation(
                image.Manifest, request.Board.Translation.Kind,
                request.Board.Translation.GranuleBytes),
            $"The image {request.Name}");
        CheckExtentCount(request.Board, image.Manifest);
        return image;
    }

    /// <summary>What a board runs when nobody says otherwise.</summary>
    public static PayloadKind DefaultKind(Board board) => board.Payloads[0];

    static void CheckRequest(ImageRequest request)
    {
        Require(ManifestText.IsName(request.Name), "--name", request.Name,
            "a name has 1 to 31 characters: a-z, 0-9, hyphen, dot, underscore");
        Require(request.Keys.Count is >= 1 and <= FormatLimits.SignatureEntriesMax, "--key",
            request.Keys.Count, $"an image takes 1 to {FormatLimits.SignatureEntriesMax} signatures");
        Require(request.HardwareRevisions != 0, "--hardware-revision", 0, "at least one revision must be accepted");
        int descriptionBytes = Encoding.UTF8.GetByteCount(request.Description ?? "");
        Require(descriptionBytes <= FormatLimits.DescriptionBytesMax, "--description", $"{descriptionBytes} bytes",
            $"at most {FormatLimits.DescriptionBytesMax} bytes of UTF-8 fit");
        Require(
            request.PromoteAfterSeconds is null or (>= 1 and <= FormatLimits.PromotionSecondsMax),
            "--promote-after-seconds", request.PromoteAfterSeconds ?? 0,
            $"the wait is 1 to {FormatLimits.PromotionSecondsMax} seconds");
        Require(request.Probation is null or { Boots: >= 1 and <= FormatLimits.TrialBootsMax }, "--trial-boots",
            request.Probation?.Boots ?? 0, $"a trial takes 1 to {FormatLimits.TrialBootsMax} boots");
        PayloadKind kind = request.PayloadKind ?? DefaultKind(request.Board);
        Require(request.Board.Payloads.Any(accepted => accepted == kind), "--payload-kind", kind,
            $"board {request.Board.Id} takes {string.Join(", ", request.Board.Payloads)}");
    }

    static void CheckEntry(uint entry, BlockPlan plan, bool isNative)
    {
        if (isNative && entry - plan.VirtualBase >= plan.VirtualBytes)
        {
            throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", "the entry address"), ("value", $"0x{entry:X8}"),
                ("reason", $"it lies outside the payload, 0x{plan.VirtualBase:X8} to "
                    + $"0x{plan.VirtualBase + plan.VirtualBytes - 1:X8}"));
        }
    }

    static void CheckTablesFit(Board board, int tablesBytes)
    {
        uint room = board.Slots.HeaderBytes - Core.Slots.SlotHeader.ManifestOffsetFor(board.Slots.ProgramUnitBytes)
            - Core.Slots.SlotSeal.PlaceBytes(board.Slots.ProgramUnitBytes);
        if (tablesBytes > room)
        {
            throw new FirmwareException(
                ErrorCode.TablesTooLarge, ("board", board.Id), ("size", tablesBytes), ("limit", room));
        }
    }

    static void CheckExtentCount(Board board, Manifest manifest)
    {
        if (manifest.PayloadKind == PayloadKind.NativeXip && manifest.ExtentCount > board.Translation.ExtentCountMax)
        {
            throw new FirmwareException(
                ErrorCode.TooManyExtents, ("board", board.Id), ("needed", manifest.ExtentCount),
                ("available", board.Translation.ExtentCountMax));
        }
    }

    static void Require(bool holds, string argument, object value, string reason)
    {
        if (!holds)
        {
            throw new FirmwareException(
                ErrorCode.BadArgument, ("argument", argument), ("value", value), ("reason", reason));
        }
    }
}
