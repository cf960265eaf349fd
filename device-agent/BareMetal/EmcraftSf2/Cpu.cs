using System.Runtime;
using System.Runtime.CompilerServices;
using Internal.Runtime;

namespace Twinbank.BareMetal.EmcraftSf2;

/// <summary>Instructions and system registers of ARMv7-M (DDI 0403E, B3).</summary>
static unsafe class Cpu
{
    const uint InterruptSetEnable = 0xE000E100;
    const uint InterruptClearEnable = 0xE000E180;
    const uint InterruptClearPending = 0xE000E280;
    const uint VectorTableOffset = 0xE000ED08;
    const uint ApplicationInterruptAndReset = 0xE000ED0C;
    const uint SystemHandlerControl = 0xE000ED24;
    const uint MpuControl = 0xE000ED94;
    const uint MpuRegionNumber = 0xE000ED98;
    const uint MpuRegionBase = 0xE000ED9C;
    const uint MpuRegionAttributes = 0xE000EDA0;

    const uint ResetRequestWithKey = 0x05FA0004;
    const uint EnableMemBusUsageFaults = 7 << 16;
    const uint MpuExecuteNever = 1 << 28;
    const uint MpuFullAccess = 3 << 24;
    const uint MpuOrdinaryMemory = 0x0B << 16; // TEX 001, C, B: write-back, allocated on write
    const uint MpuEnabledOverDefaultMap = 5;

    /// <summary>Configurable fault status: MemManage, BusFault and UsageFault bits in one word.</summary>
    internal static uint FaultStatus => Mmio.Read32(0xE000ED28);

    internal static uint MemManageAddress => Mmio.Read32(0xE000ED34);

    internal static uint BusFaultAddress => Mmio.Read32(0xE000ED38);

    [RuntimeImport("cpu_mask_interrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern uint MaskInterrupts();

    [RuntimeImport("cpu_unmask_interrupts")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void UnmaskInterrupts(uint previous);

    [RuntimeImport("cpu_wait")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Wait();

    /// <summary>Branches to the application. Does not return.</summary>
    [RuntimeImport("cpu_launch")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void Launch(uint entry, void* services, uint stackTop);

    internal static void EnableInterrupt(uint number)
        => Mmio.Write32(InterruptSetEnable + number / 32 * 4, 1u << (int)(number % 32));

    internal static void DisableInterrupt(uint number)
    {
        Mmio.Write32(InterruptClearEnable + number / 32 * 4, 1u << (int)(number % 32));
        Mmio.Write32(InterruptClearPending + number / 32 * 4, 1u << (int)(number % 32));
    }

    internal static void UseVectorTable(uint* table)
    {
        Mmio.Write32(VectorTableOffset, (uint)table);
        Mmio.Write32(SystemHandlerControl, EnableMemBusUsageFaults);
    }

    /// <summary>
    /// Closes 2^<paramref name="sizeLog2"/> bytes for everything but a HardFault handler. Where regions overlap, the
    /// one
    /// with the higher number counts.
    /// </summary>
    internal static void CloseMemory(uint region, uint start, int sizeLog2)
        => SetRegion(region, start, sizeLog2, MpuExecuteNever);

    /// <summary>Makes memory ordinary RAM, whatever the default map says about its address.</summary>
    internal static void OpenMemory(uint region, uint start, int sizeLog2, bool executable)
        => SetRegion(region, start, sizeLog2,
            MpuFullAccess | MpuOrdinaryMemory | (executable ? 0 : MpuExecuteNever));

    /// <summary>Gives a region its place and leaves it off: start.S switches it.</summary>
    internal static void ReserveRegion(uint region, uint start)
    {
        Mmio.Write32(MpuRegionNumber, region);
        Mmio.Write32(MpuRegionBase, start);
        Mmio.Write32(MpuRegionAttributes, 0);
    }

    static void SetRegion(uint region, uint start, int sizeLog2, uint attributes)
    {
        Mmio.Write32(MpuRegionNumber, region);
        Mmio.Write32(MpuRegionBase, start);
        Mmio.Write32(MpuRegionAttributes, attributes | ((uint)(sizeLog2 - 1) << 1) | 1);
        Mmio.Write32(MpuControl, MpuEnabledOverDefaultMap);
    }

    internal static void Reset() => Mmio.Write32(ApplicationInterruptAndReset, ResetRequestWithKey);
}
