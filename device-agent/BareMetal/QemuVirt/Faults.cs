using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.Machine;
using Twinbank.Boot;

namespace Twinbank.BareMetal.QemuVirt;

/// <summary>
/// Exceptions of the processor and failed checks of the C# runtime: both end this life with a record.
/// </summary>
static unsafe class Faults
{
    // As start.S numbers them.
    const uint Undefined = 1;
    const uint PrefetchAbort = 2;
    const uint DataAbort = 3;
    const uint SupervisorCall = 4;

    const uint FrameExceptionLink = 13; // behind r0 to r12
    const uint StatusThumb = 1 << 5;

    static BareMetalPlatform? s_platform;
    static bool s_probing;
    static bool s_probeFailed;

    internal static void Report(BareMetalPlatform platform) => s_platform = platform;

    /// <summary>
    /// The word at an address, or 0xFFFFFFFF when nothing answers there (what an empty bus reads as).
    /// </summary>
    internal static uint Probe(uint address)
    {
        s_probeFailed = false;
        s_probing = true;
        uint value = Cpu.Probe(address);
        s_probing = false;
        return s_probeFailed ? 0xFFFFFFFF : value;
    }

    /// <summary>Hook for failed checks; start-up installs it before there is a platform.</summary>
    internal static void OnPanic(PanicCode code, uint address, uint linkRegister)
        => End(FaultKind.Panic, address, linkRegister, (uint)code, 0);

    [RuntimeExport("fault_main")]
    static void OnException(uint exception, uint* frame, uint savedStatus, uint linkRegister)
    {
        if (exception == DataAbort && s_probing)
        {
            s_probing = false;
            s_probeFailed = true;
            return;
        }

        uint link = frame[FrameExceptionLink];
        uint thumbLink = link - ((savedStatus & StatusThumb) != 0 ? 2u : 4u);
        switch (exception)
        {
            case Undefined:
                End(FaultKind.UndefinedInstruction, thumbLink, linkRegister, 0, 0);
                break;
            case PrefetchAbort:
                End(FaultKind.InstructionAccess, link - 4, linkRegister,
                    Cpu.FetchFaultStatus(), Cpu.FetchFaultAddress());
                break;
            case DataAbort:
                End(FaultKind.DataAccess, link - 8, linkRegister, Cpu.DataFaultStatus(), Cpu.DataFaultAddress());
                break;
            case SupervisorCall:
                End(FaultKind.SupervisorCall, thumbLink, linkRegister, 0, 0);
                break;
            default:
                End(FaultKind.Processor, link, linkRegister, 0, 0);
                break;
        }
    }

    static void End(FaultKind kind, uint programCounter, uint linkRegister, uint statusWord, uint address)
    {
        if (s_platform is not null)
        {
            s_platform.Stop(
                kind, ResidentServices.InApplication, programCounter, linkRegister, statusWord, address);
        }

        Cpu.Psci(Cpu.PsciSystemReset);
    }
}
