using Internal.Runtime;
using Twinbank.BareMetal.Drivers;
using Twinbank.Boot;
using Twinbank.Core;

namespace Twinbank.BareMetal.Machine;

/// <summary>
/// What both boards have in common: the console, the story of the previous life, and the way to end this one.
/// </summary>
public abstract unsafe class BareMetalPlatform : BootPlatform
{
    readonly Uart _console;
    readonly FaultRecord _lastFault = new();
    readonly ResetCause _resetCause;

    /// <summary><paramref name="noInitMemory"/> is RAM that start-up does not touch.</summary>
    protected BareMetalPlatform(Uart console, void* noInitMemory, bool watchdogFired)
    {
        _console = console;
        _resetCause = LifeRecord.Begin(noInitMemory, _lastFault);
        if (watchdogFired && _lastFault.Kind == FaultKind.None)
        {
            _resetCause = ResetCause.Watchdog;
        }
    }

    public override ResetCause ResetCause => _resetCause;

    public override FaultRecord LastFault => _lastFault;

    public override int ReadByte() => _console.ReadByte();

    public override void Write(byte[] data, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _console.WriteByte(data[offset + i]);
        }
    }

    public override void Reset(ResetCause cause)
    {
        LifeRecord.Announce(cause);
        ResetHardware();
    }

    /// <summary>Sends memory that is no array: the application's text.</summary>
    internal void Write(byte* data, uint count)
    {
        for (uint i = 0; i < count; i++)
        {
            _console.WriteByte(data[i]);
        }
    }

    /// <summary>Where the CPU finds a virtual address now, or 0xFFFFFFFF.</summary>
    internal abstract uint PhysicalAddress(uint virtualAddress);

    /// <summary>
    /// Installs an application's interrupt handler. Gives Ok, OutOfRange, WriteProtected or NotSupported.
    /// </summary>
    internal abstract Status SetInterruptHandler(uint exceptionNumber, uint handler);

    /// <summary>Resets the whole board at once. Does not return.</summary>
    internal abstract void ResetHardware();

    /// <summary>Records a fault and resets. A fault while one is being recorded resets without more ado.</summary>
    internal void Stop(
        FaultKind kind, bool inApplication, uint programCounter, uint linkRegister, uint statusWord, uint address)
    {
        if (!LifeRecord.HasFault)
        {
            LifeRecord.AnnounceFault(kind, inApplication, programCounter, linkRegister, statusWord, address);
        }

        ResetHardware();
    }
}
