using System.Runtime;
using Internal.Runtime;
using Twinbank.BareMetal.Application;
using Twinbank.BareMetal.Drivers;
using Twinbank.BareMetal.Machine;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;

namespace Twinbank.BareMetal.EmcraftSf2;

/// <summary>
/// Emcraft's SmartFusion2 SOM as QEMU models it: Cortex-M3, boot stage in the eNVM, images in an SPI NOR flash that the
/// core can't address, so they run from external RAM. QEMU leaves the hardware watchdog out; a timer stands in for it.
/// </summary>
sealed unsafe class Board : BareMetalPlatform
{
    const uint UartBase = 0x40000000;
    const uint SpiBase = 0x40001000;
    const uint TimerBase = 0x40004000;
    const uint UartInterrupt = 10;
    const uint TimerInterrupt = 15;

    const uint EmbeddedRamStart = 0x20000000;
    const uint EmbeddedRamBytes = 0x00010000;
    const uint FlashBytes = 0x00040000;
    const uint ExternalRamStart = 0xA0000000;
    const uint ExternalRamBytes = 0x04000000;

    /// <summary>The last MiB of DDR is the boot stage's heap: the eSRAM is too small for it (link.ld).</summary>
    const uint ApplicationRamBytes = ExternalRamBytes - 0x00100000;
    const uint LoadAreaBytes = 0x00200000;

    const uint ExceptionCount = 16 + 82;
    const uint UsageFaultException = 6;
    const uint DebugException = 12;
    const int EmbeddedRamLog2 = 16;
    const int ExternalRamLog2 = 26;
    const int NullPageLog2 = 8;
    const int GuardLog2 = 5;

    // As in start.S, which makes them read-only while the application runs.
    const uint OwnRamRegion = 4;
    const uint OwnHeapRegion = 5;
    const uint WatchdogMillisecondsLongest = 3_600_000;
    const int StagingBytes = 1024;

    const uint JournalOffset = 0;
    const uint JournalBytes = 2 * SpiNorFlash.SectorBytes;
    const uint SlotAOffset = 0x00100000;
    const uint SlotBOffset = 0x00300000;
    const uint GoldenOffset = 0x00500000;
    const uint SlotBytes = 0x00200000;

    // emcraft-sf2
    static readonly byte[] s_boardId = { 0x65, 0x6D, 0x63, 0x72, 0x61, 0x66, 0x74, 0x2D, 0x73, 0x66, 0x32 };

    static Board? s_board;

    readonly MemoryMap* _map;
    readonly MssUart _uart;
    readonly Clock _clock;
    readonly SpiNorFlash _flash;
    readonly FlashRegion _journal;
    readonly FlashRegion _slotA;
    readonly FlashRegion _slotB;
    readonly FlashRegion _golden;
    readonly byte[] _staging = new byte[StagingBytes];
    readonly BootServiceTable* _table;

    LaunchImage? _loaded;

    Board(MemoryMap* map, MssUart console)
        : base(console, map->NoInit, watchdogFired: false)
    {
        _map = map;
        _uart = console;
        _clock = new Clock(new MssTimers(new MmioSpace(TimerBase)));
        _flash = new SpiNorFlash(new MssSpiBus(new MmioSpace(SpiBase)));
        _journal = new FlashRegion(_flash, JournalOffset, JournalBytes);
        _slotA = new FlashRegion(_flash, SlotAOffset, SlotBytes);
        _slotB = new FlashRegion(_flash, SlotBOffset, SlotBytes);
        _golden = new FlashRegion(_flash, GoldenOffset, SlotBytes);
        _table = (BootServiceTable*)RawObject.ArrayData(new byte[sizeof(BootServiceTable)]);
    }

    public override byte[] BoardId => s_boardId;

    public override uint Milliseconds => _clock.Milliseconds;

    public override FlashRegion Journal => _journal;

    public override uint WatchdogMillisecondsMax => WatchdogMillisecondsLongest;

    /// <summary>Makes the board and starts its timer. The flash answers after <see cref="ProbeFlash"/>.</summary>
    internal static Board Create(MemoryMap* map)
    {
        FillVectorTable(map);
        ProtectMemory(map);
        Board board = new(map, new MssUart(new MmioSpace(UartBase)));
        s_board = board;
        ResidentServices.Start(board, map->ServiceCaller);
        Cpu.EnableInterrupt(TimerInterrupt);
        return board;
    }

    /// <summary>True when the whole range is RAM of this board.</summary>
    internal static bool IsRam(uint start, uint byteCount)
        => IsInside(start, byteCount, EmbeddedRamStart, EmbeddedRamBytes)
            || IsInside(start, byteCount, ExternalRamStart, ExternalRamBytes);

    /// <summary>Finds the size of the flash. Gives Ok, NoDevice or NotSupported.</summary>
    internal Status ProbeFlash() => _flash.Probe();

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

    public override void ArmWatchdog(uint milliseconds) => _clock.Arm(milliseconds);

    public override void FeedWatchdog() => _clock.Feed();

    /// <summary>Sleeps until a byte arrives or the timer interrupts.</summary>
    public override void Idle()
    {
        uint mask = Cpu.MaskInterrupts();
        _uart.SignalReceived(true);
        Cpu.EnableInterrupt(UartInterrupt);
        Cpu.Wait();

        // It woke the core; nobody takes it.
        _uart.SignalReceived(false);
        Cpu.DisableInterrupt(UartInterrupt);
        Cpu.UnmaskInterrupts(mask);
    }

    public override Status Map(LaunchImage image)
    {
        _loaded = null;
        if (!image.RunsFromRam || image.Slot is null)
        {
            return Status.WrongKind;
        }

        for (int i = 0; i < image.ExtentCount; i++)
        {
            Status status = Load(
                image.Slot, image.ExtentSlotOffsets[i], image.ExtentVirtualStarts[i], image.ExtentByteCounts[i]);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        _loaded = image;
        return Status.Ok;
    }

    public override Status ReadMapped(uint virtualAddress, byte[] buffer, int offset, int count)
    {
        if (_loaded is null || count <= 0 || !_loaded.Covers(virtualAddress, (uint)count))
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
        ResidentServices.Fill(_table, _map->Gates, image, services, image.Slot!.StartAddress);
        _table->RamStart = ExternalRamStart;
        _table->RamEnd = ExternalRamStart + ApplicationRamBytes;
        Cpu.Launch(image.EntryAddress, _table, _table->RamEnd);
    }

    // Flat memory: an address is what it is, if there is something.
    internal override uint PhysicalAddress(uint virtualAddress)
        => IsRam(virtualAddress, 1) || virtualAddress < FlashBytes ? virtualAddress : BootServiceTable.Unmapped;

    internal override Status SetInterruptHandler(uint exceptionNumber, uint handler)
    {
        if (exceptionNumber >= ExceptionCount)
        {
            return Status.OutOfRange;
        }

        if (exceptionNumber <= UsageFaultException || exceptionNumber == DebugException
            || exceptionNumber == TimerInterrupt + 16)
        {
            return Status.WriteProtected;
        }

        _map->VectorTable[exceptionNumber] = handler;
        return Status.Ok;
    }

    internal override void ResetHardware()
    {
        Cpu.Reset();
        while (true)
        {
        }
    }

    static void FillVectorTable(MemoryMap* map)
    {
        for (uint i = 0; i < ExceptionCount; i++)
        {
            map->VectorTable[i] = map->FaultEntry;
        }

        map->VectorTable[TimerInterrupt + 16] = map->TimerEntry;
        Cpu.UseVectorTable(map->VectorTable);
    }

    // The default map forbids execution at the external RAM's address and allows it in the embedded RAM.
    static void ProtectMemory(MemoryMap* map)
    {
        Cpu.OpenMemory(0, EmbeddedRamStart, EmbeddedRamLog2, executable: false);
        Cpu.OpenMemory(1, ExternalRamStart, ExternalRamLog2, executable: true);
        Cpu.CloseMemory(2, 0, NullPageLog2);
        Cpu.CloseMemory(3, map->BootGuard, GuardLog2);
        Cpu.ReserveRegion(OwnRamRegion, EmbeddedRamStart);
        Cpu.ReserveRegion(OwnHeapRegion, ExternalRamStart + ApplicationRamBytes);
    }

    [RuntimeExport("timer_main")]
    static void OnTimer(uint* frame)
    {
        if (s_board!._clock.TakeInterrupt())
        {
            Faults.OnWatchdog(frame);
        }
    }

    Status Load(FlashRegion slot, uint slotOffset, uint virtualStart, uint byteCount)
    {
        if (!IsInside(virtualStart, byteCount, ExternalRamStart, LoadAreaBytes))
        {
            return Status.OutOfRange;
        }

        while (byteCount > 0)
        {
            int step = byteCount < StagingBytes ? (int)byteCount : StagingBytes;
            Status status = slot.Read(slotOffset, _staging, 0, step);
            if (status != Status.Ok)
            {
                return status;
            }

            Memory.Move((byte*)virtualStart, RawObject.ArrayData(_staging), (uint)step);
            slotOffset += (uint)step;
            virtualStart += (uint)step;
            byteCount -= (uint)step;
        }

        return Status.Ok;
    }

    static bool IsInside(uint start, uint byteCount, uint areaStart, uint areaBytes)
        => start >= areaStart && start - areaStart <= areaBytes && byteCount <= areaBytes - (start - areaStart);
}
