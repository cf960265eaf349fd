namespace Twinbank.Errors;

/// <summary>
/// FW1xxx: what the user hands in: files, payload formats, keys, arguments, and the build of an image.
/// </summary>
public sealed partial class ErrorCode
{
    // FW10xx: files and arguments.

    public static readonly ErrorCode FileNotFound = new(1001,
        title: "File not found",
        detail: "The file {path} does not exist.",
        remedy: "Check the path, and the folder the command was started in.");

    public static readonly ErrorCode FileUnreadable = new(1002,
        title: "File cannot be read",
        detail: "The file {path} exists but cannot be read: {reason}.",
        remedy: "Check the permissions of the file and that it is a regular file.");

    public static readonly ErrorCode FileTooLarge = new(1003,
        title: "File too large",
        detail: "The file {path} has {size:bytes}; at most {limit:bytes} are accepted here.",
        remedy: "Check that this is the file you meant; a firmware payload is far smaller.");

    public static readonly ErrorCode FileExists = new(1004,
        title: "File exists already",
        detail: "The file {path} exists and would be overwritten.",
        remedy: "Choose another name, or add --force to overwrite it.",
        ExitCode.Usage);

    public static readonly ErrorCode FileUnwritable = new(1005,
        title: "File cannot be written",
        detail: "The file {path} cannot be written: {reason}.",
        remedy: "Check that the folder exists, that you may write there, and that the disk has space.");

    public static readonly ErrorCode BadArgument = new(1006,
        title: "Argument out of range",
        detail: "The value '{value}' for {argument} is not usable: {reason}.",
        remedy: "Give a value as described by --help of the command.",
        ExitCode.Usage);

    public static readonly ErrorCode OptionMissing = new(1007,
        title: "Option missing",
        detail: "This command needs {option}: {reason}.",
        remedy: "Add {option}; --help of the command describes it.",
        ExitCode.Usage);

    public static readonly ErrorCode FileEmpty = new(1008,
        title: "File is empty",
        detail: "The file {path} has no content.",
        remedy: "Check the step that was to write it.");

    public static readonly ErrorCode Cancelled = new(1009,
        title: "Cancelled",
        detail: "The operation was stopped on request.",
        remedy: "Start the same command again; an interrupted transfer goes on where it stopped.",
        ExitCode.Cancelled);

    public static readonly ErrorCode CommandLineWrong = new(1010,
        title: "Command line not understood",
        detail: "{problem}",
        remedy: "See '{command} --help' for the arguments and options.",
        ExitCode.Usage);

    public static readonly ErrorCode UnknownErrorCode = new(1011,
        title: "No such error code",
        detail: "There is no error code '{text}' in this version.",
        remedy: "Run 'fw explain' without an argument to list all codes.",
        ExitCode.Usage);

    // FW11xx: payload formats.

    public static readonly ErrorCode UnknownPayloadFormat = new(1101,
        title: "Payload format not recognised",
        detail: "The file {path} is not an ELF, Intel HEX, S-record, UF2 or DFU file.",
        remedy: "If it is a raw binary, say where it belongs: --base 0x08000000.",
        ExitCode.Usage);

    public static readonly ErrorCode BadElf = new(1102,
        title: "ELF file not usable",
        detail: "The ELF file {path} cannot be used: {problem}.",
        remedy: "Give the linked executable of the target (not an object or a library), complete and unmodified.");

    public static readonly ErrorCode BadIntelHex = new(1103,
        title: "Intel HEX file not usable",
        detail: "Line {line} of {path} is not a usable Intel HEX record: {problem}.",
        remedy: "Make the file again with objcopy -O ihex; a text-mode transfer may have damaged it.");

    public static readonly ErrorCode BadSRecord = new(1104,
        title: "S-record file not usable",
        detail: "Line {line} of {path} is not a usable S-record: {problem}.",
        remedy: "Make the file again with objcopy -O srec; a text-mode transfer may have damaged it.");

    public static readonly ErrorCode BadUf2 = new(1105,
        title: "UF2 file not usable",
        detail: "Block {block} of {path} is not a usable UF2 block: {problem}.",
        remedy: "Make the file again, or give the ELF it was made from.");

    public static readonly ErrorCode BadDfuSuffix = new(1106,
        title: "DFU file not usable",
        detail: "The DFU file {path} cannot be used: {problem}.",
        remedy: "Download the file again; if it is a raw binary without a DFU suffix, give --format raw.");

    public static readonly ErrorCode OverlappingSegments = new(1107,
        title: "Payload segments overlap",
        detail: "In {path} two segments claim address {address:hex}.",
        remedy: "Fix the linker script, or give one input file per address range.");

    public static readonly ErrorCode PayloadEmpty = new(1108,
        title: "Payload has no data",
        detail: "The file {path} is well formed but holds no bytes to load.",
        remedy: "Check that the right file was given and that its sections are loadable.");

    public static readonly ErrorCode BaseAddressMissing = new(1109,
        title: "Base address missing",
        detail: "The raw binary {path} does not say at which address it belongs.",
        remedy: "Add --base with the virtual base the firmware was linked for, such as --base 0x08000000.",
        ExitCode.Usage);

    public static readonly ErrorCode WrongFileKind = new(1110,
        title: "Not a payload file",
        detail: "The file {path} is {kind}, and that is not a firmware payload.",
        remedy: "Unpack an archive first, or give the file it was made from. If these very bytes are meant, add"
            + " --format raw and --base.");

    public static readonly ErrorCode UniversalHexBoardMissing = new(1111,
        title: "Universal HEX for several boards",
        detail: "The Universal HEX file {path} holds the firmware of several boards: {boards}.",
        remedy: "Choose one of them, such as --hex-board 9903.",
        ExitCode.Usage);

    public static readonly ErrorCode PayloadTooScattered = new(1112,
        title: "Payload in too many pieces",
        detail: "The payload of {path} has more than {limit} separate address ranges.",
        remedy: "Check the step that wrote the file; a linked firmware has fewer than a hundred ranges.");

    public static readonly ErrorCode PayloadSpanTooLarge = new(1113,
        title: "Payload spans too far for a raw file",
        detail: "The payload reaches from {start:hex} to {end:hex}; with its holes filled that is {size:bytes}, and"
            + " at most {limit:bytes} are written.",
        remedy: "Choose a format that keeps holes: --format hex or --format srec.");

    // FW12xx: keys and passphrases.

    public static readonly ErrorCode BadKeyFile = new(1201,
        title: "Key file not usable",
        detail: "The file {path} is not a usable key: {reason}.",
        remedy: "Give a PEM file with an Ed25519 or ECDSA P-256 key; 'fw key new' makes one.");

    public static readonly ErrorCode PrivateKeyNeeded = new(1202,
        title: "Private key needed",
        detail: "The file {path} holds a public key only, and signing needs the private one.",
        remedy: "Give the private key file that belongs to it.",
        ExitCode.Usage);

    public static readonly ErrorCode PassphraseNeeded = new(1203,
        title: "Passphrase needed",
        detail: "The key file {path} is encrypted and no passphrase was given.",
        remedy: "Add --passphrase-file, set FW_KEY_PASSPHRASE, or run the command on a terminal.",
        ExitCode.Usage);

    public static readonly ErrorCode WrongPassphrase = new(1204,
        title: "Wrong passphrase",
        detail: "The key file {path} could not be decrypted with the passphrase given.",
        remedy: "Check the passphrase; a passphrase file is read up to its first line end.");

    public static readonly ErrorCode UnsupportedKeyKind = new(1205,
        title: "Key kind not supported",
        detail: "The file {path} holds a key of kind {kind}; images are signed with Ed25519 or ECDSA P-256.",
        remedy: "Make a key with 'fw key new --algorithm ed25519' or '--algorithm p256'.");

    public static readonly ErrorCode NoKeyArea = new(1206,
        title: "No place for keys",
        detail: "{path} is no boot stage with a key area.",
        remedy: "Give the raw binary that the boot stage's build makes (BootStage.*.bin).");

    public static readonly ErrorCode TooManyKeys = new(1207,
        title: "Too many keys",
        detail: "{count} keys were given for {path}; a boot stage holds {limit}.",
        remedy: "Leave out keys that sign no images any more.",
        ExitCode.Usage);

    public static readonly ErrorCode PassphraseMismatch = new(1208,
        title: "Passphrases differ or are empty",
        detail: "The two passphrases that were typed are not the same, or nothing was typed.",
        remedy: "Start the command again and type the same passphrase twice.",
        ExitCode.Usage);

    // FW13xx: building an image.

    public static readonly ErrorCode PayloadOutsideSlot = new(1301,
        title: "Payload does not fit the slot's address range",
        detail: "The payload reaches from {start:hex} to {end:hex}; the board {board} runs images"
            + " from {slotStart:hex} to {slotEnd:hex}.",
        remedy: "Link the firmware for the board's virtual base, or choose the board it was linked for.");

    public static readonly ErrorCode PayloadTooLarge = new(1302,
        title: "Payload too large",
        detail: "The payload needs {size:bytes}; a slot of the board {board} has room for {limit:bytes}.",
        remedy: "Make the firmware smaller, reduce the buffer share, or choose a larger slot layout.");

    public static readonly ErrorCode BlockGeometryRefused = new(1303,
        title: "Block geometry not possible on this board",
        detail: "Blocks of {blockBytes:bytes} with {bufferBytes:bytes} of buffer do not fit"
            + " the board {board}: {reason}.",
        remedy: "Leave out --block-bytes and --buffer-bytes for the board's defaults, or choose values it allows.",
        ExitCode.Usage);

    public static readonly ErrorCode TablesTooLarge = new(1304,
        title: "Manifest too large",
        detail: "Manifest and signatures need {size:bytes}; the slot header"
            + " of the board {board} has room for {limit:bytes}.",
        remedy: "Use larger blocks (--block-bytes), fewer signatures, or a shorter description.");

    public static readonly ErrorCode TooManyExtents = new(1305,
        title: "Too many extents",
        detail: "The image needs {needed} extents in its offset table;"
            + " the translation of the board {board} takes {available}.",
        remedy: "Use larger blocks, no buffer areas (--buffer-bytes 0), or link the firmware without gaps.");

    // FW14xx: layout-stable linking.

    public static readonly ErrorCode BadLinkMap = new(1401,
        title: "Linker map not usable",
        detail: "The file {path} is not a usable map of GNU ld: {problem}.",
        remedy: "Link with -Wl,-Map=app.map and give that file; maps of lld and armlink are not read.");

    public static readonly ErrorCode LayoutMapMismatch = new(1402,
        title: "Map and ELF file do not belong together",
        detail: "The map {map} and the ELF file are not of one link: {problem}.",
        remedy: "Give the map and the ELF file that the same linker run wrote.");

    public static readonly ErrorCode LayoutObjectMissing = new(1403,
        title: "Object file missing",
        detail: "The map names {file}, and it is not there, so its alignment and references are unknown.",
        remedy: "Run the command in the folder of the link, or name that folder with --root. Objects that the compiler"
            + " deletes: compile with -c first. With -flto: make one object with -r -flinker-output=nolto-rel, link that.");

    public static readonly ErrorCode BadArchive = new(1404,
        title: "Archive not usable",
        detail: "The archive {path} cannot be read: {problem}.",
        remedy: "Make it again with ar rcs, without the option for thin archives.");

    public static readonly ErrorCode BadLayoutRecord = new(1405,
        title: "Layout record not usable",
        detail: "The layout record {path} cannot be used: {problem}.",
        remedy: "Give the record that 'fw layout plan' wrote for the previous release, unchanged.");

    public static readonly ErrorCode LayoutRecordMismatch = new(1406,
        title: "Layout record does not fit",
        detail: "The layout cannot be used for this link: {problem}.",
        remedy: "Give the record and the board of the same product; leave out --previous to start a new layout.");

    public static readonly ErrorCode LayoutFull = new(1407,
        title: "Layout has no room left",
        detail: "The area of {area} at {start:hex} has room for {room:bytes}; {size:bytes} are to go there.",
        remedy: "Make the firmware smaller, or start a new layout without --previous: it has no holes.");

    public static readonly ErrorCode BadLinkerScript = new(1408,
        title: "Linker script not understood",
        detail: "In the linker script {path}: {problem}.",
        remedy: "Give the script that the link uses, with its output sections in it and not in an INCLUDE.");

    public static readonly ErrorCode LayoutNotKept = new(1409,
        title: "Link does not follow the layout",
        detail: "{count} pieces are not where the record has them; the first is {key}: recorded at {expected:hex},"
            + " linked at {found:hex}.",
        remedy: "Link the same objects with the script that 'fw layout plan' wrote, then check again."
            + " On RISC-V, link without relaxation: docs/layout.md.");
}
