namespace Twinbank.Errors;

/// <summary>FW4xxx: links and the devices behind them.</summary>
public sealed partial class ErrorCode
{
    // FW40xx: opening and keeping a link.

    public static readonly ErrorCode BadLinkName = new(4001,
        title: "Link not understood",
        detail: "'{link}' does not name a link: {reason}.",
        remedy: "Write serial:/dev/ttyACM0 (or only /dev/ttyACM0), tcp:host:port or unix:/path.",
        ExitCode.Usage);

    public static readonly ErrorCode PortNotFound = new(4002,
        title: "Port not found",
        detail: "There is no port {link}.",
        remedy: "Plug the device in and check the name; 'ls /dev/ttyACM* /dev/ttyUSB*' shows what is there.",
        ExitCode.NoDevice,
        transient: true);

    public static readonly ErrorCode PortDenied = new(4003,
        title: "Port cannot be opened",
        detail: "The port {link} exists but cannot be opened: permission denied.",
        remedy: "Add your user to the group that owns the port (often dialout or uucp) and log in again.",
        ExitCode.NoDevice);

    public static readonly ErrorCode PortBusy = new(4004,
        title: "Port is in use",
        detail: "The port {link} is held by another program: {holder}.",
        remedy: "Close the other program (a monitor, another fw) and try again.",
        ExitCode.Busy,
        transient: true);

    public static readonly ErrorCode LinkFailed = new(4005,
        title: "Link cannot be opened",
        detail: "The link {link} cannot be opened: {reason}.",
        remedy: "Check that the device or the simulator is running and that the name is right.",
        ExitCode.NoDevice,
        transient: true);

    public static readonly ErrorCode LinkLost = new(4006,
        title: "Link lost",
        detail: "The link vanished during {subject}.",
        remedy: "Reconnect the device and start the same command again; it goes on where it stopped.",
        ExitCode.NoDevice,
        transient: true);

    public static readonly ErrorCode NoAnswer = new(4007,
        title: "Device does not answer",
        detail: "No valid answer came over {link} within {timeout} s (asked for {request}).",
        remedy: "Check power, wiring and baud rate, and that the boot stage or an application with the agent runs.",
        ExitCode.NoDevice,
        transient: true);

    public static readonly ErrorCode BadFrame = new(4008,
        title: "Frames damaged on the link",
        detail: "{subject}: the other side sent bytes that are not a valid frame.",
        remedy: "Check the baud rate and the cable, and that the device speaks SMP.",
        transient: true);

    public static readonly ErrorCode OperationTimeout = new(4009,
        title: "Took too long",
        detail: "{subject} was not finished in time.",
        remedy: "Try again; if it repeats, check the flash of the device with 'fw device log'.",
        transient: true);

    public static readonly ErrorCode BadAnswer = new(4010,
        title: "Answer not understood",
        detail: "The device answered {request} with data that cannot be understood: {problem}.",
        remedy: "Check that the device speaks SMP, and that tool and boot stage are of matching versions.");

    // FW41xx: what a device answers.

    public static readonly ErrorCode DeviceRefused = new(4101,
        title: "Device refused the request",
        detail: "The device answered {request} with error {status}.",
        remedy: "See 'fw device info' and 'fw device log' for its state.");

    public static readonly ErrorCode WrongState = new(4102,
        title: "Not possible in this state",
        detail: "{subject} is not possible in the state the device is in.",
        remedy: "See the state with 'fw device info'; confirm or revert a running trial first.",
        ExitCode.Refused);

    public static readonly ErrorCode NotFound = new(4103,
        title: "Not there",
        detail: "{subject} does not exist on the device.",
        remedy: "See what is there with 'fw device info'.");

    public static readonly ErrorCode DeviceBusy = new(4104,
        title: "Device is busy",
        detail: "{subject}: the device is busy with another request.",
        remedy: "Wait until the other update or request has ended, then try again.",
        ExitCode.Busy,
        transient: true);

    public static readonly ErrorCode NotSupported = new(4105,
        title: "Not supported",
        detail: "{subject} is not supported here.",
        remedy: "Check the board's abilities with 'fw board show', and update the boot stage if it is old.");

    public static readonly ErrorCode ImageReverted = new(4106,
        title: "Image was reverted",
        detail: "The device tried {image} and went back to the image before it: {reason}.",
        remedy: "See 'fw device info' and 'fw device log', fix the image, and send it again with --retry-failed.");

    public static readonly ErrorCode OutcomeUnknown = new(4107,
        title: "Outcome not known",
        detail: "Within {timeout} s the device neither confirmed {image} nor went back; {found}.",
        remedy: "Ask again with 'fw device info'. An image that never confirms is reverted at its deadline or"
            + " when its boots are used up.",
        transient: true);

    public static readonly ErrorCode UploadUnstable = new(4108,
        title: "Upload makes no progress",
        detail: "The upload came back to offset {offset} of {total} for the {count}th time.",
        remedy: "Check cable, power and baud rate, and that no other program uploads to the same device.",
        transient: true);

    // FW42xx: the storage of a device.

    public static readonly ErrorCode OutOfRange = new(4201,
        title: "Address outside the storage",
        detail: "{subject} reaches outside its region of the storage.",
        remedy: "Check that the board data match the hardware; report it if they do.");

    public static readonly ErrorCode Misaligned = new(4202,
        title: "Address not aligned",
        detail: "{subject} is not aligned to the sectors or program units of the storage.",
        remedy: "Check that the board data match the hardware; report it if they do.");

    public static readonly ErrorCode NotErased = new(4203,
        title: "Storage not erased",
        detail: "{subject} would program bytes that are not erased.",
        remedy: "Start the update again; if it repeats, the flash is failing.");

    public static readonly ErrorCode EraseFailed = new(4204,
        title: "Erase failed",
        detail: "{subject}: the storage could not erase a sector.",
        remedy: "Start the update again; if it repeats, the flash is worn out or write-protected.");

    public static readonly ErrorCode ProgramFailed = new(4205,
        title: "Programming failed",
        detail: "{subject}: the storage could not program bytes.",
        remedy: "Start the update again; if it repeats, the flash is worn out or write-protected.");

    public static readonly ErrorCode ReadFailed = new(4206,
        title: "Reading the storage failed",
        detail: "{subject}: the storage could not be read.",
        remedy: "Start the operation again; if it repeats, the flash or its wiring is failing.");

    public static readonly ErrorCode WriteProtected = new(4207,
        title: "Storage write-protected",
        detail: "{subject}: this part of the storage is protected against writing.",
        remedy: "Lift the protection (jumper, option bytes), or choose a part that may be written.",
        ExitCode.Refused);

    public static readonly ErrorCode NoStorage = new(4208,
        title: "No storage answers",
        detail: "{subject}: no identifiable storage answered.",
        remedy: "Check that the board data name the storage that is fitted, and its wiring.");

    public static readonly ErrorCode NoSpace = new(4209,
        title: "No space left",
        detail: "{subject}: there is not enough free space.",
        remedy: "Free a slot (a trial must be confirmed or reverted first), or send a smaller image.");
}
