namespace Twinbank.BareMetal.QemuVirt;

/// <summary>Addresses that the linker script decides, in its order.</summary>
unsafe struct MemoryMap
{
    internal uint TextStart;
    internal uint TextEnd;

    /// <summary>
    /// Vectors and gates, then one page for the table of boot services: what the application may see.
    /// </summary>
    internal uint SharedCode;
    internal uint SharedTable;

    /// <summary>All of the boot stage's RAM.</summary>
    internal uint RamStart;
    internal uint RamEnd;

    /// <summary>Pages below the stacks that stay unmapped.</summary>
    internal uint BootGuard;
    internal uint FaultGuard;

    internal uint TablesStart;
    internal uint TablesEnd;
    internal void* NoInit;

    /// <summary>Word of start.S: not 0 while the application is inside a service.</summary>
    internal uint* ServiceCaller;

    // The gates, in the order of the table.
    internal fixed uint Gates[7];
}
