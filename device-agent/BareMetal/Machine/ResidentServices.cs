using System.Runtime;
using Twinbank.BareMetal.Application;
using Twinbank.Boot;
using Twinbank.Core;

namespace Twinbank.BareMetal.Machine;

/// <summary>
/// The boot stage while an application runs: the methods behind the gates of start.S. They run on the boot stage's own
/// stack, one at a time, and allocate nothing.
/// </summary>
static unsafe class ResidentServices
{
    static BareMetalPlatform? s_platform;
    static BootServices? s_services;

    // Set while the application runs or has called in: a fault is then the application's, unless a service runs.
    static bool s_launched;
    static uint* s_serviceCaller;

    /// <summary>True when the processor executes application code, not a service that it called.</summary>
    internal static bool InApplication => s_launched && *s_serviceCaller == 0;

    internal static void Start(BareMetalPlatform platform, uint* serviceCaller)
    {
        s_platform = platform;
        s_serviceCaller = serviceCaller;
    }

    /// <summary>
    /// Fills the table for one application. The gates are the entries of start.S in the order of the table's functions.
    /// </summary>
    internal static void Fill(
        BootServiceTable* table, uint* gates, LaunchImage image, BootServices services, uint slotPhysical)
    {
        s_services = services;
        table->Magic = BootServiceTable.MagicValue;
        table->Version = BootServiceTable.VersionValue;
        table->SizeBytes = (uint)sizeof(BootServiceTable);
        table->Slot = image.SlotNumber;
        table->VirtualBase = image.VirtualBase;
        table->SlotPhysical = slotPhysical;
        table->Flags = image.IsTrial ? BootServiceTable.TrialFlag : 0;
        table->BootsLeft = image.BootsLeft;
        table->ProbationMilliseconds = image.ProbationMilliseconds;
        table->DeadlineMilliseconds = image.DeadlineMilliseconds;
        table->Poll = (delegate*<uint>)gates[0];
        table->Confirm = (delegate*<uint>)gates[1];
        table->ConsoleWrite = (delegate*<byte*, uint, void>)gates[2];
        table->Milliseconds = (delegate*<uint>)gates[3];
        table->Reset = (delegate*<void>)gates[4];
        table->PhysicalAddress = (delegate*<uint, uint>)gates[5];
        table->SetInterruptHandler = (delegate*<uint, delegate*<void>, uint>)gates[6];
        s_launched = true;
    }

    [RuntimeExport("service_poll")]
    static uint Poll() => (uint)s_services!.Poll();

    [RuntimeExport("service_confirm")]
    static uint Confirm() => (uint)s_services!.Confirm();

    [RuntimeExport("service_console_write")]
    static void ConsoleWrite(byte* bytes, uint count) => s_platform!.Write(bytes, count);

    [RuntimeExport("service_milliseconds")]
    static uint Milliseconds() => s_platform!.Milliseconds;

    [RuntimeExport("service_reset")]
    static void Reset() => s_platform!.Reset(ResetCause.ApplicationRequest);

    [RuntimeExport("service_physical_address")]
    static uint PhysicalAddress(uint virtualAddress) => s_platform!.PhysicalAddress(virtualAddress);

    [RuntimeExport("service_set_interrupt_handler")]
    static uint SetInterruptHandler(uint exceptionNumber, uint handler)
        => (uint)s_platform!.SetInterruptHandler(exceptionNumber, handler);

    [RuntimeExport("application_returned")]
    static void ApplicationReturned()
        => s_platform!.Stop(FaultKind.Returned, inApplication: true, 0, 0, 0, 0);
}
