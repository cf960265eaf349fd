using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Overlays;
using Twinbank.Core.Trust;
using Twinbank.Simulation.Time;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// One life of a simulated board, from a reset to the next, as the boot stage sees it. Resets, faults and the end of
/// the simulation leave it as exceptions; the board starts the next life with a new one.
/// </summary>
internal sealed class SimulatedPlatform : BootPlatform
{
    // As long as a typical hardware watchdog reaches.
    const uint WatchdogReachMilliseconds = 30_000;

    static readonly TimeSpan s_idleTime = TimeSpan.FromMilliseconds(5);

    readonly SimulatedBoard _board;
    readonly TimeProvider _time;
    readonly long _startTimestamp;
    readonly MappedImage _memory;
    uint _watchdogMilliseconds;
    uint _watchdogFedAt;

    internal SimulatedPlatform(SimulatedBoard board, ResetCause cause, FaultRecord lastFault)
    {
        _board = board;
        _time = board.Options.Time;
        _startTimestamp = _time.GetTimestamp();
        DeviceIdentity identity = board.Hardware.Identity;
        bool composes = identity.Translation is Translation.MmuPages or Translation.Software;
        ComposeMemory = composes && board.Options.ComposeBytes > 0
            ? new SimulatedMemory(board.Options.ComposeBytes)
            : null;
        _memory = new MappedImage(
            board.Hardware.VirtualWindow, identity.TranslationGranuleBytes, ComposeMemory);
        ResetCause = cause;
        LastFault = lastFault;
    }

    public override byte[] BoardId => _board.Hardware.Identity.BoardId;

    public override uint Milliseconds => unchecked((uint)_time.GetElapsedTime(_startTimestamp).TotalMilliseconds);

    public override ResetCause ResetCause { get; }

    public override FaultRecord LastFault { get; }

    public override bool IsStopped => _board.IsStopping || _board.Options.StopsWhenStuck;

    public override ComposeMemory? ComposeMemory { get; }

    public override FlashRegion Journal => _board.Hardware.Journal;

    public override uint WatchdogMillisecondsMax => WatchdogReachMilliseconds;

    /// <summary>Milliseconds until the watchdog bites, or null when it is not armed.</summary>
    internal uint? WatchdogMillisecondsLeft
    {
        get
        {
            if (_watchdogMilliseconds == 0)
            {
                return null;
            }

            uint since = Milliseconds - _watchdogFedAt;
            return since >= _watchdogMilliseconds ? 0 : _watchdogMilliseconds - since;
        }
    }

    public override void Reset(ResetCause cause) => throw new BoardResetException(cause, new FaultRecord());

    public override int ReadByte()
    {
        CheckWatchdog();
        return _board.Options.SerialLine.ReadByte();
    }

    public override void Write(byte[] data, int offset, int count)
        => _board.Options.SerialLine.Write(data.AsSpan(offset, count));

    public override void Idle() => Pass(s_idleTime);

    public override FlashRegion? Slot(int number)
        => number switch
        {
            0 => _board.Hardware.SlotA,
            1 => _board.Hardware.SlotB,
            2 => _board.Hardware.Golden,
            _ => null,
        };

    public override void ArmWatchdog(uint milliseconds)
    {
        _watchdogMilliseconds = milliseconds;
        _watchdogFedAt = Milliseconds;
    }

    public override void FeedWatchdog()
    {
        CheckWatchdog();
        _watchdogFedAt = Milliseconds;
    }

    public override Status Map(LaunchImage image) => _memory.Map(image);

    public override Status ReadMapped(uint virtualAddress, byte[] buffer, int offset, int count)
        => _memory.Read(virtualAddress, buffer, offset, count);

    public override void Launch(LaunchImage image, BootServices services)
    {
        var context = new ApplicationContext(_board, this, image, services);
        _board.NoteLaunch(context);
        _board.Options.Applications(context);
        throw new BoardResetException(
            ResetCause.Fault,
            new FaultRecord { Kind = FaultKind.Returned, InApplication = true, ProgramCounter = image.EntryAddress });
    }

    /// <summary>Lets time pass on whatever clock the board has; the watchdog may bite.</summary>
    /// <param name="time">How much, at most.</param>
    /// <param name="wakes">True to come back as soon as a byte arrives on the line.</param>
    internal void Pass(TimeSpan time, bool wakes = true)
    {
        if (_time is SimulatedClock clock)
        {
            clock.Advance(time);
        }
        else if (wakes)
        {
            _board.Options.SerialLine.WaitForByte(time);
        }
        else
        {
            _board.WaitForStop(time);
        }

        CheckWatchdog();
    }

    void CheckWatchdog()
    {
        if (WatchdogMillisecondsLeft == 0)
        {
            throw new BoardResetException(
                ResetCause.Watchdog, new FaultRecord { Kind = FaultKind.Watchdog, InApplication = true });
        }
    }
}
