using Twinbank.Core.Smp;

namespace Twinbank.Flashing.Smp;

/// <summary>What a request asks for.</summary>
/// <param name="Operation">Read or write.</param>
/// <param name="Group">Group number.</param>
/// <param name="Command">Command number in the group.</param>
/// <param name="Name">What errors call it: "the image state".</param>
public sealed record SmpCommand(SmpOperation Operation, ushort Group, byte Command, string Name)
{
    public static SmpCommand Echo { get; } = new(SmpOperation.Write, SmpGroup.Os, SmpGroup.OsEcho, "an echo");

    public static SmpCommand Reset { get; } = new(SmpOperation.Write, SmpGroup.Os, SmpGroup.OsReset, "a reset");

    public static SmpCommand Parameters { get; } =
        new(SmpOperation.Read, SmpGroup.Os, SmpGroup.OsParameters, "its buffer sizes");

    public static SmpCommand ReadImages { get; } =
        new(SmpOperation.Read, SmpGroup.Image, SmpGroup.ImageState, "its images");

    public static SmpCommand ChangeImages { get; } =
        new(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageState, "a trial");

    public static SmpCommand Upload { get; } =
        new(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageUpload, "the upload");

    public static SmpCommand Erase { get; } =
        new(SmpOperation.Write, SmpGroup.Image, SmpGroup.ImageErase, "an erase");

    public static SmpCommand Info { get; } =
        new(SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankInfo, "its info");

    public static SmpCommand Confirm { get; } =
        new(SmpOperation.Write, SmpGroup.Twinbank, SmpGroup.TwinbankConfirm, "a confirmation");

    public static SmpCommand Revert { get; } =
        new(SmpOperation.Write, SmpGroup.Twinbank, SmpGroup.TwinbankRevert, "a revert");

    public static SmpCommand ResetTo { get; } =
        new(SmpOperation.Write, SmpGroup.Twinbank, SmpGroup.TwinbankResetTo, "another image");

    public static SmpCommand Log { get; } =
        new(SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankLog, "its log");

    public static SmpCommand Generations { get; } =
        new(SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankGenerations, "its generations");

    public static SmpCommand Compact { get; } =
        new(SmpOperation.Write, SmpGroup.Twinbank, SmpGroup.TwinbankCompact, "a compaction");

    public static SmpCommand ReadSlot { get; } =
        new(SmpOperation.Read, SmpGroup.Twinbank, SmpGroup.TwinbankReadSlot, "bytes of a slot");

    public static SmpCommand Promote { get; } =
        new(SmpOperation.Write, SmpGroup.Twinbank, SmpGroup.TwinbankPromote, "a promotion");
}
