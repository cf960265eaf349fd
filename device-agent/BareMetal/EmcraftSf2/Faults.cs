using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.Machine;
using Twinbank.Boot;

namespace Twinbank.BareMetal.EmcraftSf2;

/// <summary>Faults of the processor and failed checks of the C# runtime: both end this life with a record.</summary>
static unsafe class Faults
{
    const uint SupervisorCallException = 11;

    // Words of the frame that the processor pushes: r0 to r3, r12, lr, pc, psr.
    const int FrameLinkRegister = 5;
    const int FrameProgramCounter = 6;
    const uint FrameBytes = 32;

    // Bits of the configurable fault status.
    const uint FetchRefused = 0x00000001;
    const uint AccessRefused = 0x00000002 | 0x00000008 | 0x00000010;
    const uint FrameLost = 0x00000010 | 0x00001000; // the refused access was the pushing of the frame
    const uint MemManageAddressValid = 0x00000080;
    const uint FetchFailed = 0x00000100;
    const uint AccessFailed = 0x00000200 | 0x00000400 | 0x00000800 | 0x00001000;
    const uint BusFaultAddressValid = 0x00008000;
    const uint BadInstruction = 0x00010000 | 0x00020000 | 0x00080000; // undefined, not Thumb, no coprocessor

    static BareMetalPlatform? s_platform;

    internal static void Report(BareMetalPlatform platform) => s_platform = platform;

    /// <summary>Hook for failed checks; start-up installs it before there is a platform.</summary>
    internal static void OnPanic(PanicCode code, uint address, uint linkRegister)
        => End(FaultKind.Panic, address, linkRegister, (uint)code, 0);

    /// <summary>The software watchdog found nobody at home; the frame shows where the program was.</summary>
    internal static void OnWatchdog(uint* frame) => EndAt(FaultKind.Watchdog, frame, 0, 0);

    [RuntimeExport("fault_main")]
    static void OnException(uint exception, uint* frame)
    {
        uint status = Cpu.FaultStatus;
        uint address = (status & MemManageAddressValid) != 0 ? Cpu.MemManageAddress
            : (status & BusFaultAddressValid) != 0 ? Cpu.BusFaultAddress
            : 0;
        EndAt(KindOf(exception, status), frame, status, address);
    }

    static FaultKind KindOf(uint exception, uint status)
    {
        if (exception == SupervisorCallException)
        {
            return FaultKind.SupervisorCall;
        }

        if ((status & BadInstruction) != 0)
        {
            return FaultKind.UndefinedInstruction;
        }

        if ((status & (FetchRefused | FetchFailed)) != 0)
        {
            return FaultKind.InstructionAccess;
        }

        return (status & (AccessRefused | AccessFailed)) != 0 ? FaultKind.DataAccess : FaultKind.Processor;
    }

    // A stack that ran out of memory took the frame with it.
    static void EndAt(FaultKind kind, uint* frame, uint status, uint address)
    {
        if ((status & FrameLost) == 0 && Board.IsRam((uint)frame, FrameBytes))
        {
            End(kind, frame[FrameProgramCounter], frame[FrameLinkRegister], status, address);
        }

        End(kind, 0, 0, status, address);
    }

    static void End(FaultKind kind, uint programCounter, uint linkRegister, uint statusWord, uint address)
    {
        if (s_platform is not null)
        {
            s_platform.Stop(
                kind, ResidentServices.InApplication, programCounter, linkRegister, statusWord, address);
        }

        Cpu.Reset();
        while (true)
        {
        }
    }
}
