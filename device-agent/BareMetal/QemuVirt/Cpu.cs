using System.Runtime;
using System.Runtime.CompilerServices;

namespace Twinbank.BareMetal.QemuVirt;

/// <summary>Instructions of ARMv7-A that C# has no words for: start.S.</summary>
static unsafe class Cpu
{
    /// <summary>PSCI functions (DEN 0022).</summary>
    internal const uint PsciSystemOff = 0x84000008;
    internal const uint PsciSystemReset = 0x84000009;

    [RuntimeImport("cpu_enable_mmu")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void EnableMmu(uint* level1Table);

    [RuntimeImport("cpu_synchronize")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Synchronize();

    /// <summary>Makes what was written to these addresses visible to instruction fetches.</summary>
    [RuntimeImport("cpu_clean")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Clean(uint start, uint end);

    [RuntimeImport("cpu_translate")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint Translate(uint virtualAddress);

    [RuntimeImport("cpu_data_fault_status")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint DataFaultStatus();

    [RuntimeImport("cpu_data_fault_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint DataFaultAddress();

    [RuntimeImport("cpu_fetch_fault_status")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint FetchFaultStatus();

    [RuntimeImport("cpu_fetch_fault_address")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint FetchFaultAddress();

    [RuntimeImport("cpu_counter")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern ulong Counter();

    [RuntimeImport("cpu_counter_frequency")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint CounterFrequency();

    [RuntimeImport("cpu_set_timer")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void SetTimer(uint ticks);

    [RuntimeImport("cpu_wait")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Wait();

    [RuntimeImport("cpu_psci")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Psci(uint function);

    /// <summary>
    /// Loads a word from an address that may not exist; <see cref="Faults"/> turns the abort into a result.
    /// </summary>
    [RuntimeImport("cpu_probe")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint Probe(uint address);

    /// <summary>Closes the boot stage's memory and branches to the application. Does not return.</summary>
    [RuntimeImport("cpu_launch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Launch(uint entry, void* services, uint stackTop);
}
