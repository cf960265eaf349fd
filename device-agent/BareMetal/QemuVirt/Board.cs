using Internal.Runtime;
using Twinbank.BareMetal.Application;
using Twinbank.BareMetal.Drivers;
using Twinbank.BareMetal.Machine;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Overlays;

namespace Twinbank.BareMetal.QemuVirt;

/// <summary>
/// QEMU's virt machine: Cortex-A15, two banks of CFI NOR flash, PL011, generic timer, optionally a PCI watchdog. Run it
/// with -M virt,highmem=off: the PCI bus has to lie below 4 GiB.
/// </summary>
sealed unsafe class Board : BareMetalPlatform
{
    const uint Bank0 = 0x00000000;
    const uint Bank1 = 0x04000000;

    /// <summary>
    /// Where the boot stage sees bank 0: its own place stays unmapped, because null references go there.
    /// </summary>
    const uint Bank0View = 0x60000000;
    const uint BankBytes = 0x04000000;
    const uint DevicesStart = 0x08000000;
    const uint DevicesBytes = 0x08000000;
    const uint PciStart = 0x10000000;
    const uint PciBytes = 0x30000000;

    const uint InterruptDistributor = 0x08000000;
    const uint InterruptInterface = 0x08010000;
    const uint UartBase = 0x09000000;
    const uint UartInterrupt = 33;
    const uint TimerInterrupt = 27;
    const uint IdleMilliseconds = 5;

    // PCI Express configuration space with highmem=off; one function per 32 KiB on bus 0.
    const uint PciConfiguration = 0x3F000000;
    const uint PciDeviceStep = 1 << 15;
    const uint PciDeviceCount = 32;
    const uint WatchdogRegisters = 0x10000000;

    // Beyond the boot stage's RAM, closed to the application but for the pages that are mapped into its window.
    const uint ComposeStart = 0x40400000;
    const uint ComposeBytes = 0x03C00000;

    const uint ApplicationRamStart = 0x44000000;
    const uint ApplicationRamEnd = 0x48000000;
    const uint WindowStart = 0x80000000;
    const uint WindowBytes = 0x40000000;

    const uint JournalOffset = 0;
    const uint JournalBytes = 2 * 0x40000;
    const uint SlotAOffset = 0x00100000;
    const uint SlotBOffset = 0x00500000;
    const uint SlotBytes = 0x00400000;
    const uint GoldenOffset = 0x01000000;

    static readonly byte[] s_boardId = { 0x71, 0x65, 0x6D, 0x75, 0x2D, 0x76, 0x69, 0x72, 0x74 }; // qemu-virt

    readonly MemoryMap* _map;
    readonly Mmu _mmu;
    readonly uint _windowPoolMark;
    readonly CfiNorFlash _bank0;
    readonly CfiNorFlash _bank1;
    readonly FlashRegion _journal;
    readonly FlashRegion _slotA;
    readonly FlashRegion _slotB;
    readonly FlashRegion _golden;
    readonly ComposeRam _composeRam = new(ComposeStart, ComposeBytes);
    readonly I6300EsbWatchdog? _watchdog;
    readonly uint _ticksPerMillisecond;

    LaunchImage? _mapped;

    Board(MemoryMap* map, Mmu mmu, Uart console, I6300EsbWatchdog? watchdog)
        : base(console, map->NoInit, watchdog is not null && watchdog.Fired)
    {
        _map = map;
        _mmu = mmu;
        _windowPoolMark = mmu.PoolMark;
        _watchdog = watchdog;
        _ticksPerMillisecond = Cpu.CounterFrequency() / 1000;
        _bank0 = new CfiNorFlash(new MmioSpace(Bank0View));
        _bank1 = new CfiNorFlash(new MmioSpace(Bank1));
        _journal = new FlashRegion(_bank1, JournalOffset, JournalBytes);
        _slotA = new FlashRegion(_bank1, SlotAOffset, SlotBytes);
        _slotB = new FlashRegion(_bank1, SlotBOffset, SlotBytes);
        _golden = new FlashRegion(_bank0, GoldenOffset, SlotBytes);
    }

    public override byte[] BoardId => s_boardId;

    public override uint Milliseconds => (uint)(Cpu.Counter() / _ticksPerMillisecond);

    public override FlashRegion Journal => _journal;

    public override ComposeMemory ComposeMemory => _composeRam;

    public override uint WatchdogMillisecondsMax => _watchdog is null ? 0 : I6300EsbWatchdog.MillisecondsMax;

    /// <summary>Turns the MMU on and makes the board. The flash banks answer after <see cref="ProbeFlash"/>.</summary>
    internal static Board Create(MemoryMap* map)
    {
        Mmu mmu = new(map->TablesStart, map->TablesEnd);
        MapFixed(mmu, map);
        Cpu.EnableMmu(mmu.Level1Table);
        Pl011Uart console = new(new MmioSpace(UartBase));
        console.SignalReceived();
        EnableWakeUp();
        Board board = new(map, mmu, console, FindWatchdog());
        ResidentServices.Start(board, map->ServiceCaller);
        return board;
    }

    /// <summary>Finds the geometry of both banks. Gives Ok, NoDevice or NotSupported.</summary>
    internal Status ProbeFlash()
    {
        Status status = _bank0.Probe();
        return status == Status.Ok ? _bank1.Probe() : status;
    }

    public override FlashRegion? Slot(int number)
    {
        switch (number)
        {
            case 0:
                return _slotA;
            case 1:
                return _slotB;
            case 2:
                return _golden;
            default:
                return null;
        }
    }

    public override void ArmWatchdog(uint milliseconds)
    {
        if (milliseconds == 0)
        {
            _watchdog?.Stop();
        }
        else
        {
            _watchdog?.Arm(milliseconds);
        }
    }

    public override void FeedWatchdog() => _watchdog?.Feed();

    /// <summary>
    /// Sleeps until a byte arrives or some milliseconds are over. Interrupts are enabled, but stay masked.
    /// </summary>
    public override void Idle()
    {
        Cpu.SetTimer(_ticksPerMillisecond * IdleMilliseconds);
        Cpu.Wait();
    }

    public override Status Map(LaunchImage image)
    {
        Unmap();
        Status status = image.RunsFromRam || image.Slot is null ? Status.WrongKind : Status.Ok;
        for (int i = 0; i < image.ExtentCount && status == Status.Ok; i++)
        {
            status = MapExtent(image, i);
        }

        for (int i = 0; i < image.PatchCount && status == Status.Ok; i++)
        {
            status = MapPatch(image, i);
        }

        if (status != Status.Ok)
        {
            Unmap();
            return status;
        }

        Cpu.Synchronize();
        _mapped = image;
        return Status.Ok;
    }

    public override Status ReadMapped(uint virtualAddress, byte[] buffer, int offset, int count)
    {
        if (_mapped is null || count <= 0 || !_mapped.Covers(virtualAddress, (uint)count))
        {
            return Status.OutOfRange;
        }

        fixed (byte* target = &buffer[offset])
        {
            Memory.Move(target, (byte*)virtualAddress, (uint)count);
        }

        return Status.Ok;
    }

    public override void Launch(LaunchImage image, BootServices services)
    {
        BootServiceTable* table = (BootServiceTable*)_map->SharedTable;
        FlashRegion slot = image.Slot!;
        ResidentServices.Fill(table, _map->Gates, image, services, BankOf(slot) + slot.StartAddress);
        table->RamStart = ApplicationRamStart;
        table->RamEnd = ApplicationRamEnd;
        _mmu.Map(_map->SharedTable, _map->SharedTable, Mmu.PageBytes, MemoryUse.Constant, Mmu.SharedDomain);
        Cpu.Synchronize();
        Mmio.Write32(InterruptInterface, 0);
        Mmio.Write32(InterruptDistributor, 0);
        Cpu.Launch(image.EntryAddress, table, ApplicationRamEnd);
    }

    internal override uint PhysicalAddress(uint virtualAddress)
    {
        uint result = Cpu.Translate(virtualAddress);
        return (result & 1) != 0
            ? BootServiceTable.Unmapped
            : (result & ~(Mmu.PageBytes - 1)) | (virtualAddress & (Mmu.PageBytes - 1));
    }

    // Interrupts stay masked here: specs/boot-services.md section 4.
    internal override Status SetInterruptHandler(uint exceptionNumber, uint handler) => Status.NotSupported;

    internal override void ResetHardware() => Cpu.Psci(Cpu.PsciSystemReset);

    static void MapFixed(Mmu mmu, MemoryMap* map)
    {
        mmu.Map(Bank0View, Bank0, BankBytes, MemoryUse.Device, Mmu.BootDomain);
        mmu.Map(Bank1, Bank1, BankBytes, MemoryUse.Device, Mmu.BootDomain);
        mmu.Map(DevicesStart, DevicesStart, DevicesBytes, MemoryUse.Device, Mmu.SharedDomain);
        mmu.Map(PciStart, PciStart, PciBytes, MemoryUse.Device, Mmu.BootDomain);
        mmu.Map(map->SharedCode, map->SharedCode, Mmu.PageBytes, MemoryUse.Code, Mmu.SharedDomain);
        mmu.Map(map->SharedTable, map->SharedTable, Mmu.PageBytes, MemoryUse.Data, Mmu.SharedDomain);
        MapBootRam(mmu, map->RamStart, map->TextStart, MemoryUse.Data);
        MapBootRam(mmu, map->TextStart, map->TextEnd, MemoryUse.Code);
        MapBootRam(mmu, map->TextEnd, map->BootGuard, MemoryUse.Data);
        MapBootRam(mmu, map->BootGuard + Mmu.PageBytes, map->FaultGuard, MemoryUse.Data);
        MapBootRam(mmu, map->FaultGuard + Mmu.PageBytes, map->RamEnd, MemoryUse.Data);
        mmu.Map(ComposeStart, ComposeStart, ComposeBytes, MemoryUse.Data, Mmu.BootDomain);
        mmu.Map(ApplicationRamStart, ApplicationRamStart, ApplicationRamEnd - ApplicationRamStart,
            MemoryUse.Data, Mmu.SharedDomain);
    }

    static void MapBootRam(Mmu mmu, uint start, uint end, MemoryUse use)
        => mmu.Map(start, start, end - start, use, Mmu.BootDomain);

    static I6300EsbWatchdog? FindWatchdog()
    {
        if (Faults.Probe(PciConfiguration) == 0xFFFFFFFF)
        {
            return null;
        }

        for (uint i = 0; i < PciDeviceCount; i++)
        {
            uint configuration = PciConfiguration + i * PciDeviceStep;
            if (Mmio.Read32(configuration) == I6300EsbWatchdog.PciIdentity)
            {
                return new I6300EsbWatchdog(
                    new MmioSpace(configuration), new MmioSpace(WatchdogRegisters), WatchdogRegisters);
            }
        }

        return null;
    }

    // The processor wakes from Cpu.Wait when one of these is pending; the masked interrupt is never taken.
    static void EnableWakeUp()
    {
        const uint Enable = 0x100;
        const uint Targets = 0x800;
        const uint PriorityMask = 4;
        Mmio.Write32(InterruptDistributor, 1);
        Mmio.Write32(InterruptDistributor + Enable, 1u << (int)TimerInterrupt);
        Mmio.Write32(InterruptDistributor + Enable + 4, 1u << (int)(UartInterrupt - 32));
        Mmio.Write8(InterruptDistributor + Targets + UartInterrupt, 1);
        Mmio.Write32(InterruptInterface + PriorityMask, 0xFF);
        Mmio.Write32(InterruptInterface, 1);
    }

    Status MapExtent(LaunchImage image, int index)
    {
        FlashRegion slot = image.Slot!;
        uint start = image.ExtentVirtualStarts[index];
        uint bytes = image.ExtentByteCounts[index];
        uint offset = image.ExtentSlotOffsets[index];
        if (start < WindowStart || start - WindowStart > WindowBytes || bytes > WindowBytes - (start - WindowStart)
            || offset > slot.SizeBytes || bytes > slot.SizeBytes - offset)
        {
            return Status.OutOfRange;
        }

        // Patches change single pages, which a section or a large page has none of.
        return _mmu.Map(
            start, BankOf(slot) + slot.StartAddress + offset, bytes, MemoryUse.Code, Mmu.SharedDomain,
            pagesOnly: image.PatchCount > 0);
    }

    // A block in RAM, or one that lies at another place of the slot, over the pages of the extent it belongs to.
    Status MapPatch(LaunchImage image, int index)
    {
        FlashRegion slot = image.Slot!;
        uint start = image.PatchVirtualStarts[index];
        uint bytes = (image.PatchByteCounts[index] + Mmu.PageBytes - 1) & ~(Mmu.PageBytes - 1);
        uint offset = image.PatchOffsets[index];
        uint limit = image.PatchIsInMemory[index] ? ComposeBytes : slot.SizeBytes;
        if (!image.Covers(start, image.PatchByteCounts[index]) || offset > limit || bytes > limit - offset)
        {
            return Status.OutOfRange;
        }

        uint physical = image.PatchIsInMemory[index]
            ? ComposeStart + offset
            : BankOf(slot) + slot.StartAddress + offset;
        if (image.PatchIsInMemory[index])
        {
            Cpu.Clean(physical, physical + bytes);
        }

        return _mmu.Map(start, physical, bytes, MemoryUse.Code, Mmu.SharedDomain, pagesOnly: true);
    }

    void Unmap()
    {
        _mapped = null;
        _mmu.Release(WindowStart, WindowBytes, _windowPoolMark);
        Cpu.Synchronize();
    }

    uint BankOf(FlashRegion region) => region.Device == _bank0 ? Bank0 : Bank1;
}
