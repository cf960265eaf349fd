namespace Twinbank.BareMetal.EmcraftSf2;

/// <summary>Addresses that the linker script decides, in its order.</summary>
unsafe struct MemoryMap
{
    internal void* NoInit;
    internal uint* VectorTable;

    /// <summary>Lowest bytes of the boot stage's stack.</summary>
    internal uint BootGuard;

    /// <summary>Word of start.S: not 0 while the application is inside a service.</summary>
    internal uint* ServiceCaller;
    internal uint FaultEntry;
    internal uint TimerEntry;

    // The gates, in the order of the table.
    internal fixed uint Gates[7];
}
