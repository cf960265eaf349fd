using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Overlays;

namespace Twinbank.Boot;

/// <summary>
/// A board as the boot stage sees it: it moves bytes, keeps time and jumps, and takes no decision. One per board,
/// created before anything else; all its memory is allocated by its constructor.
/// </summary>
public abstract class BootPlatform
{
    /// <summary>Board id as in boards/ and in manifests, ASCII.</summary>
    public abstract byte[] BoardId { get; }

    // ---- time and life ----

    /// <summary>Milliseconds since reset; wraps after 49 days.</summary>
    public abstract uint Milliseconds { get; }

    /// <summary>Why this boot happens. Fixed at start-up.</summary>
    public abstract ResetCause ResetCause { get; }

    /// <summary>
    /// The fault that ended the previous life; its kind is None when there was none. Fixed at start-up.
    /// </summary>
    public abstract FaultRecord LastFault { get; }

    /// <summary>Resets the board; the next boot sees <paramref name="cause"/>. Does not return.</summary>
    public abstract void Reset(ResetCause cause);

    // ---- console: raw bytes, shared by SMP and text ----

    /// <summary>The next received byte, or -1 when none waits.</summary>
    public abstract int ReadByte();

    /// <summary>Sends all bytes; waits for room.</summary>
    public abstract void Write(byte[] data, int offset, int count);

    /// <summary>Always false on hardware; a simulation answers true to end the recovery loop.</summary>
    public virtual bool IsStopped => false;

    /// <summary>
    /// Called in a loop that waits for bytes; may sleep until one arrives, at most some milliseconds.
    /// </summary>
    public abstract void Idle();

    // ---- storage ----

    /// <summary>The boot journal: two sectors.</summary>
    public abstract FlashRegion Journal { get; }

    /// <summary>Slot by number: 0 = A, 1 = B, 2 = golden. Null where the board has no golden slot.</summary>
    public abstract FlashRegion? Slot(int number);

    /// <summary>
    /// RAM for blocks that overlays change, which <see cref="Map"/> then makes visible; null where the board cannot do
    /// that.
    /// </summary>
    public virtual ComposeMemory? ComposeMemory => null;

    // ---- watchdog ----

    /// <summary>Longest time-out in milliseconds; 0 when the board has no watchdog at all.</summary>
    public abstract uint WatchdogMillisecondsMax { get; }

    /// <summary>
    /// Starts the watchdog: without <see cref="FeedWatchdog"/> the board resets after the time. Again sets a new time;
    /// 0
    /// stops it where the hardware can be stopped, else it goes on and has to be fed.
    /// </summary>
    public abstract void ArmWatchdog(uint milliseconds);

    public abstract void FeedWatchdog();

    // ---- running an image ----

    /// <summary>
    /// Makes the image visible at its virtual addresses: programs the translation, or copies it to RAM. Checks every
    /// extent against the slot, the board's application window and its granule first. Gives Ok, OutOfRange, Misaligned,
    /// BadTranslation, WrongKind, NoSpace or ReadFailed; after a refusal nothing is mapped.
    /// </summary>
    public abstract Status Map(LaunchImage image);

    /// <summary>
    /// Reads the mapped image through the addresses it will run at, so that what is verified is what runs (I3).
    /// Gives Ok or OutOfRange (also for addresses that no extent covers).
    /// </summary>
    public abstract Status ReadMapped(uint virtualAddress, byte[] buffer, int offset, int count);

    /// <summary>
    /// Starts the mapped image on its own stack and gives it the boot services. Does not return: a fault or the end of
    /// the application resets the board.
    /// </summary>
    public abstract void Launch(LaunchImage image, BootServices services);
}
