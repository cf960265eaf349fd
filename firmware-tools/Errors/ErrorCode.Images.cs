namespace Twinbank.Errors;

/// <summary>FW2xxx: containers, manifests, signatures and deltas, judged by the host or by a device.</summary>
public sealed partial class ErrorCode
{
    // FW20xx: one for each way the core refuses an image. {subject} is the file, or what the device was given.

    public static readonly ErrorCode BadMagic = new(2001,
        title: "Not an image of the expected kind",
        detail: "{subject} does not begin with the magic number of its format.",
        remedy: "Check that this is a .fwi file made by 'fw image build'.",
        ExitCode.Refused);

    public static readonly ErrorCode BadVersion = new(2002,
        title: "Format version not supported",
        detail: "{subject} has a format version that is not known here.",
        remedy: "Update the tool or the agent on the device, or build the image with a matching version.",
        ExitCode.Refused);

    public static readonly ErrorCode BadLength = new(2003,
        title: "Length wrong",
        detail: "{subject} is truncated, or has a length that does not fit the rest.",
        remedy: "Copy or download the file again and compare its digest with the original.",
        ExitCode.Refused);

    public static readonly ErrorCode BadChecksum = new(2004,
        title: "Checksum wrong",
        detail: "{subject} fails its CRC check, so bytes have changed since it was written.",
        remedy: "Copy or download the file again; if it comes from a device, the flash may be failing.",
        ExitCode.Refused);

    public static readonly ErrorCode BadDigest = new(2005,
        title: "Digest wrong",
        detail: "{subject} does not have the SHA-256 digest that its manifest states.",
        remedy: "Do not use this image. Fetch it again from where it was signed.",
        ExitCode.Refused);

    public static readonly ErrorCode BadSignature = new(2006,
        title: "Signature wrong",
        detail: "{subject} carries a signature of a trusted key, but it does not match the content.",
        remedy: "Do not use this image: it was changed after signing. Fetch it again from where it was signed.",
        ExitCode.Refused);

    public static readonly ErrorCode UnknownKey = new(2007,
        title: "Signed by no trusted key",
        detail: "{subject} carries no signature made by a key that is trusted here.",
        remedy: "Sign the image with a key of this device, or check which keys are trusted: 'fw image inspect'"
            + " shows the key ids in the image, 'fw key show' the id of a key.",
        ExitCode.Refused);

    public static readonly ErrorCode BadReserved = new(2008,
        title: "Reserved bytes not zero",
        detail: "{subject} has a value where its format version keeps bytes reserved.",
        remedy: "Update the tool or agent that reads it; if it is up to date, the file is damaged.",
        ExitCode.Refused);

    public static readonly ErrorCode BadField = new(2009,
        title: "Field out of range",
        detail: "{subject} has a field with a value outside its range, or fields that contradict each other.",
        remedy: "Build the image again with 'fw image build'; do not edit containers by hand.",
        ExitCode.Refused);

    public static readonly ErrorCode UnknownCritical = new(2010,
        title: "Critical record not understood",
        detail: "{subject} has a record that must be understood and is not known here.",
        remedy: "Update the tool, or the agent on the device, to a version that knows the record.",
        ExitCode.Refused);

    public static readonly ErrorCode BadEncoding = new(2011,
        title: "Encoding wrong",
        detail: "{subject} has data that cannot be decoded.",
        remedy: "Copy or download the file again; if it stays so, build it again.",
        ExitCode.Refused);

    public static readonly ErrorCode WrongBoard = new(2020,
        title: "Image is for another board",
        detail: "{subject} is made for another board.",
        remedy: "Use the image that was built for this board: 'fw image inspect' and 'fw device info' show both names.",
        ExitCode.Refused);

    public static readonly ErrorCode WrongHardwareRevision = new(2021,
        title: "Image is for another hardware revision",
        detail: "{subject} does not accept the hardware revision of this board.",
        remedy: "Use an image that lists this revision, or build one with --hardware-revision.",
        ExitCode.Refused);

    public static readonly ErrorCode SecurityCounterTooLow = new(2022,
        title: "Security counter too low",
        detail: "{subject} has a security counter below the one this device has already accepted.",
        remedy: "Use a newer image. Going back below the counter is refused on purpose: it would bring back"
            + " a closed security hole.",
        ExitCode.Refused);

    public static readonly ErrorCode WrongBase = new(2023,
        title: "Delta is for another base image",
        detail: "{subject} was made against another base image than the one that is there.",
        remedy: "Make the delta against the image that runs now, or send the full image.",
        ExitCode.Refused);

    public static readonly ErrorCode WrongGeometry = new(2024,
        title: "Block geometry does not fit",
        detail: "{subject} has logical blocks that do not fit the sectors or slots of this board.",
        remedy: "Build the image again with the current data of this board.",
        ExitCode.Refused);

    public static readonly ErrorCode TooLarge = new(2025,
        title: "Too large",
        detail: "{subject} is larger than the place or the limit it is meant for.",
        remedy: "Make the image smaller, or choose a board or slot layout with more room.",
        ExitCode.Refused);

    public static readonly ErrorCode WrongKind = new(2027,
        title: "Wrong kind of image",
        detail: "{subject} is of a kind that is not accepted here.",
        remedy: "Check the payload kind with 'fw image inspect'.",
        ExitCode.Refused);

    public static readonly ErrorCode AgentTooOld = new(2028,
        title: "Agent on the device too old",
        detail: "{subject} asks for a newer agent than the device has.",
        remedy: "Update the boot stage of the device first.",
        ExitCode.Refused);

    public static readonly ErrorCode FailedBefore = new(2029,
        title: "Image failed its trial on this device before",
        detail: "{subject} was tried on this device, did not confirm, and was reverted.",
        remedy: "See the reason with 'fw device info' and fix the image; add --retry-failed to try the same one again.",
        ExitCode.Refused);

    public static readonly ErrorCode BadTranslation = new(2030,
        title: "Offset table cannot be done by this board",
        detail: "{subject} has an offset table that the translation of this board cannot do.",
        remedy: "Build the image with the current data of this board.",
        ExitCode.Refused);

    // FW21xx: working with image files on the host.

    public static readonly ErrorCode NoSignature = new(2101,
        title: "Image is not signed",
        detail: "{subject} carries no signature.",
        remedy: "Build it again with --key: an image that nobody signed cannot be trusted.",
        ExitCode.Refused);

    public static readonly ErrorCode DeltaNeedsBase = new(2102,
        title: "Delta needs its base image",
        detail: "{subject} is a delta over the image {base:hex}, and no base was given.",
        remedy: "Give the base image with --base-image.",
        ExitCode.Usage);

    public static readonly ErrorCode StrategyNotPossible = new(2103,
        title: "Strategy not possible",
        detail: "{subject} cannot be brought onto this device by the strategy {strategy}: {reason}.",
        remedy: "See what is possible with 'fw plan', or leave the choice to it with --strategy auto.",
        ExitCode.Refused);
}
