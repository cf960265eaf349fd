using System.Text;
using Twinbank.Boot;
using Twinbank.Core;

namespace Twinbank.Simulation.Boards;

/// <summary>What a simulated application has: the boot services, its memory, its console and time.</summary>
public sealed class ApplicationContext
{
    readonly SimulatedBoard _board;
    readonly SimulatedPlatform _platform;

    internal ApplicationContext(
        SimulatedBoard board, SimulatedPlatform platform, LaunchImage image, BootServices services)
    {
        _board = board;
        _platform = platform;
        Image = image;
        Services = services;
    }

    /// <summary>The board it runs on.</summary>
    public SimulatedBoard Board => _board;

    /// <summary>Where it runs and whether it is a trial.</summary>
    public LaunchImage Image { get; }

    /// <summary>Poll and Confirm, as real applications call them.</summary>
    public BootServices Services { get; }

    /// <summary>Milliseconds since this life began.</summary>
    public uint Milliseconds => _platform.Milliseconds;

    /// <summary>Reads the application's own memory.</summary>
    /// <exception cref="BoardResetException">The address is not mapped: a data access fault.</exception>
    public byte[] ReadMemory(uint virtualAddress, int count)
    {
        byte[] bytes = new byte[count];
        if (_platform.ReadMapped(virtualAddress, bytes, 0, count) != Status.Ok)
        {
            Fault(FaultKind.DataAccess, virtualAddress);
        }

        return bytes;
    }

    /// <summary>Sends one line of text over the line that SMP uses, too.</summary>
    public void Print(string line)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(line + "\r\n");
        _platform.Write(bytes, 0, bytes.Length);
    }

    /// <summary>
    /// Lets time pass without a call to the boot stage; on a real clock it ends early when a byte arrives.
    /// </summary>
    public void Wait(TimeSpan time) => Pass(time, wakes: true);

    /// <summary>
    /// Does nothing for ever. Only the watchdog, the power switch or the end of the simulation helps.
    /// </summary>
    public void Hang()
    {
        while (_platform.WatchdogMillisecondsLeft is not null || !_board.Options.StopsWhenStuck)
        {
            Pass(TimeSpan.FromMilliseconds(100), wakes: false);
        }

        throw new BoardStoppedException("The application hangs, and no watchdog is armed.");
    }

    /// <summary>Resets the board as the application's own request.</summary>
    public void Reset() => _platform.Reset(ResetCause.ApplicationRequest);

    /// <summary>Hits a fault of the processor.</summary>
    /// <param name="kind">Which fault.</param>
    /// <param name="address">The address accessed, or 0.</param>
    public void Fault(FaultKind kind, uint address = 0)
        => throw new BoardResetException(
            ResetCause.Fault,
            new FaultRecord
            {
                Kind = kind,
                InApplication = true,
                ProgramCounter = Image.EntryAddress,
                Address = address,
            });

    void Pass(TimeSpan time, bool wakes)
    {
        _platform.Pass(time, wakes);
        if (_board.IsStopping || TimeSpan.FromMilliseconds(Milliseconds) > _board.Options.LifeTimeMax)
        {
            throw new BoardStoppedException();
        }
    }
}
