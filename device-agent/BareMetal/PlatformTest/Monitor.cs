using Internal.Runtime;
using Twinbank.BareMetal.PlatformTest.Language;
using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Recipes;

namespace Twinbank.BareMetal.PlatformTest;

/// <summary>
/// Everything the boot stage relies on, one letter on the serial line each, so that a test on a PC can try it on the
/// real processor: language, drivers, faults, watchdog, launch. The README has the letters.
/// </summary>
sealed unsafe class Monitor : BootServices
{
    const uint WatchdogMilliseconds = 1500;
    const uint RawImageBytes = 0x40000;

    readonly BootPlatform _platform;
    readonly TextConsole _console;
    readonly FlashChecks _flash;
    readonly LaunchImage _image = new();
    uint _polls;

    internal Monitor(BootPlatform platform)
    {
        _platform = platform;
        _console = new TextConsole(platform);
        _flash = new FlashChecks(platform, _console);
    }

    internal void Run(Status probe)
    {
        _console.Text("platform test: flash ").Number((uint)probe).Text(" cause ").Number((uint)_platform.ResetCause)
            .Text(" watchdog ").Number(_platform.WatchdogMillisecondsMax)
            .Text(" heap ").Number(Heap.FreeBytes).Line();
        ReportFault(_platform.LastFault);
        while (true)
        {
            _console.Text("ready").Line();
            Obey(WaitForByte());
        }
    }

    public override Status Poll()
    {
        _polls++;
        _platform.FeedWatchdog();
        return Status.Ok;
    }

    public override Status Confirm()
    {
        _console.Text("confirmed after ").Number(_polls).Text(" polls").Line();
        return Status.Ok;
    }

    void ReportFault(FaultRecord fault)
    {
        if (fault.Kind != FaultKind.None)
        {
            _console.Text("fault ").Number((uint)fault.Kind).Text(fault.InApplication ? " application" : " boot")
                .Text(" pc ").Hex(fault.ProgramCounter).Text(" lr ").Hex(fault.LinkRegister)
                .Text(" status ").Hex(fault.StatusWord).Text(" address ").Hex(fault.Address).Line();
        }
    }

    int WaitForByte()
    {
        int value = _platform.ReadByte();
        while (value < 0)
        {
            _platform.Idle();
            value = _platform.ReadByte();
        }

        return value;
    }

    void Obey(int letter)
    {
        switch (letter)
        {
            case 'L':
                CheckLanguage();
                break;
            case 'P':
                Panics.Run(WaitForByte() - 'a' + 1);
                _console.Text("no panic").Line();
                break;
            case 'F':
                _flash.Run();
                break;
            case 'S':
                _flash.MeasureSpeed();
                break;
            case 'M':
                MeasureDecoder();
                break;
            case 'T':
                _console.Text("time ").Number(_platform.Milliseconds).Line();
                break;
            case 'A':
            case 'B':
                LaunchRaw(letter - 'A');
                break;
            case 'G':
                LaunchRaw(2);
                break;
            default:
                EndThisLife(letter);
                break;
        }
    }

    void EndThisLife(int letter)
    {
        switch (letter)
        {
            case 'R':
                _platform.Reset(ResetCause.Requested);
                break;
            case 'N':
                FaultRecord? none = letter == 'N' ? null : _platform.LastFault;
                none!.Address = 1;
                break;
            case 'O':
                _console.Number(Recurse((uint)letter)).Line();
                break;
            case 'X':
                // Data must not be executable: the address of an array, in Thumb state.
                ((delegate*<void>)(RawObject.ArrayData(new byte[64]) + 1))();
                break;
            case 'W':
                _platform.ArmWatchdog(WatchdogMilliseconds);
                while (true)
                {
                }

            case 'K':
                KeepWatchdogFed();
                break;
            default:
                _console.Text("unknown letter").Line();
                break;
        }
    }

    // All it ever allocates, object headers included.
    void MeasureDecoder()
    {
        uint before = Heap.FreeBytes;
        RangeRecipeDecoder decoder = new();
        uint bytes = before - Heap.FreeBytes;
        _console.Text("recipe decoder ").Number(bytes).Text(decoder.CodecId == 0 ? " without codec" : " bytes").Line();
    }

    void KeepWatchdogFed()
    {
        _platform.ArmWatchdog(WatchdogMilliseconds);
        uint start = _platform.Milliseconds;
        while (_platform.Milliseconds - start < 2 * WatchdogMilliseconds)
        {
            _platform.FeedWatchdog();
            _platform.Idle();
        }

        _platform.ArmWatchdog(0);
        start = _platform.Milliseconds;
        while (_platform.Milliseconds - start < 2 * WatchdogMilliseconds)
        {
            _platform.Idle();
        }

        _console.Text("fed, then stopped").Line();
    }

    uint Recurse(uint depth) => depth == 0 ? 0 : Recurse(depth + 1) + _platform.Milliseconds;

    void CheckLanguage()
    {
        ConsoleCheckList list = new(_console);
        NumberChecks.Run(list);
        ObjectChecks.Run(list);
        MemoryChecks.Run(list);
        _console.Text("language ").Number((uint)list.Passed).Text(" passed ").Number((uint)list.Failed)
            .Text(" failed").Line();
    }

    // An image without container: its first instruction is at the start of the slot's second sector.
    void LaunchRaw(int slotNumber)
    {
        FlashRegion slot = _platform.Slot(slotNumber)!;
        bool isLoaded = _platform.BoardId[0] == 'e';
        _image.Slot = slot;
        _image.SlotNumber = (uint)slotNumber;
        _image.RunsFromRam = isLoaded;
        _image.VirtualBase = isLoaded ? 0xA0000000 : 0x80000000;
        _image.EntryAddress = _image.VirtualBase + 1;
        _image.ExtentCount = 1;
        _image.ExtentVirtualStarts[0] = _image.VirtualBase;
        _image.ExtentByteCounts[0] = RawImageBytes;
        _image.ExtentSlotOffsets[0] = slot.SectorBytes;
        _image.IsTrial = true;
        _image.BootsLeft = 2;
        _image.ProbationMilliseconds = 500;
        Status status = _platform.Map(_image);
        byte[] first = new byte[4];
        byte[] stored = new byte[4];
        if (status == Status.Ok)
        {
            status = _platform.ReadMapped(_image.VirtualBase + 8, first, 0, 4);
            slot.Read(slot.SectorBytes + 8, stored, 0, 4);
        }

        bool same = Bytes.Equal(first, 0, stored, 0, 4);
        _console.Text("map ").Number((uint)status).Text(same ? " same" : " different").Line();
        if (status == Status.Ok)
        {
            _platform.ArmWatchdog(WatchdogMilliseconds);
            _platform.Launch(_image, this);
        }
    }

    sealed class ConsoleCheckList : CheckList
    {
        readonly TextConsole _console;

        internal ConsoleCheckList(TextConsole console)
        {
            _console = console;
        }

        protected override void Report(string name, bool holds)
        {
            if (!holds)
            {
                _console.Text("FAILED ").Text(name).Line();
            }
        }
    }
}
