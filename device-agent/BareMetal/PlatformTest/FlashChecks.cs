using Twinbank.Boot;
using Twinbank.Core;
using Twinbank.Core.Flash;

namespace Twinbank.BareMetal.PlatformTest;

/// <summary>The flash drivers on the board's own chips: in each slot, in its last sectors.</summary>
sealed class FlashChecks
{
    const int PatternBytes = 1000; // crosses write-buffer lines and pages, and ends in the middle of one
    const int SpeedBytes = 1 << 20;

    readonly BootPlatform _platform;
    readonly TextConsole _console;
    readonly byte[] _pattern = new byte[PatternBytes];
    readonly byte[] _read = new byte[PatternBytes];

    internal FlashChecks(BootPlatform platform, TextConsole console)
    {
        _platform = platform;
        _console = console;
        for (int i = 0; i < PatternBytes; i++)
        {
            _pattern[i] = (byte)(i * 7);
        }
    }

    internal void Run()
    {
        for (int number = 0; number < 3; number++)
        {
            Status status = CheckRegion(_platform.Slot(number)!);
            _console.Text("flash slot ").Number((uint)number).Text(" status ").Number((uint)status).Line();
        }

        _console.Text("flash journal status ").Number((uint)CheckRegion(_platform.Journal)).Line();
    }

    /// <summary>Prints milliseconds for one MiB: erase, program, read.</summary>
    internal void MeasureSpeed()
    {
        FlashRegion region = _platform.Slot(1)!;
        uint start = _platform.Milliseconds;
        for (uint offset = 0; offset < SpeedBytes; offset += region.SectorBytes)
        {
            region.EraseSector(offset);
        }

        uint erased = _platform.Milliseconds;
        for (uint offset = 0; offset + PatternBytes <= SpeedBytes; offset += PatternBytes)
        {
            region.Program(offset, _pattern, 0, PatternBytes);
        }

        uint programmed = _platform.Milliseconds;
        for (uint offset = 0; offset + PatternBytes <= SpeedBytes; offset += PatternBytes)
        {
            region.Read(offset, _read, 0, PatternBytes);
        }

        uint read = _platform.Milliseconds;
        _console.Text("speed ms erase ").Number(erased - start).Text(" program ").Number(programmed - erased)
            .Text(" read ").Number(read - programmed).Line();
    }

    Status CheckRegion(FlashRegion region)
    {
        Status status = region.Check();
        uint sector = region.SizeBytes - region.SectorBytes;
        if (status == Status.Ok)
        {
            status = region.EraseSector(sector);
        }

        if (status == Status.Ok)
        {
            status = ExpectErased(region, sector);
        }

        if (status == Status.Ok)
        {
            status = region.Program(sector + 4, _pattern, 0, PatternBytes);
        }

        if (status == Status.Ok)
        {
            status = region.Read(sector + 3, _read, 0, PatternBytes);
        }

        return status == Status.Ok ? Judge(region, sector) : status;
    }

    // The read began one byte early, to have odd addresses in it.
    Status Judge(FlashRegion region, uint sector)
    {
        if (_read[0] != 0xFF || !Bytes.Equal(_pattern, 0, _read, 1, PatternBytes - 1))
        {
            return Status.BadChecksum;
        }

        // Setting bits without an erase is refused, by the driver or by the chip.
        Status again = region.Program(sector + 8, _pattern, 0, 4);
        return again is Status.NotErased or Status.ProgramFailed ? region.EraseSector(sector) : Status.WrongState;
    }

    Status ExpectErased(FlashRegion region, uint sector)
    {
        for (uint offset = 0; offset + PatternBytes <= region.SectorBytes; offset += PatternBytes)
        {
            Status status = region.Read(sector + offset, _read, 0, PatternBytes);
            if (status != Status.Ok || !Bytes.AllAre(_read, 0, PatternBytes, 0xFF))
            {
                return Status.NotErased;
            }
        }

        return Status.Ok;
    }
}
