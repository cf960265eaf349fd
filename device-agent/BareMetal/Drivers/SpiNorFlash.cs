using Twinbank.Core;
using Twinbank.Core.Flash;

namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// SPI NOR flash with the command set that all makers share: 24-bit addresses, 256-byte pages, 64 KiB sectors. Up to
/// 16 MiB. What was programmed is read back, because these parts report no failure themselves.
/// </summary>
public sealed class SpiNorFlash : FlashDevice
{
    public const uint SectorBytes = 0x10000;

    const uint PageBytes = 256;
    const byte ProgramCommand = 0x02;
    const byte ReadCommand = 0x03;
    const byte ReadStatusCommand = 0x05;
    const byte WriteEnableCommand = 0x06;
    const byte ReadIdentityCommand = 0x9F;
    const byte EraseSectorCommand = 0xD8;

    const byte StatusBusy = 1;
    const byte StatusWriteEnabled = 2;

    // JEDEC JEP106: maker, type, log2 of the size in bytes. 64 KiB to what 24 address bits reach.
    const int IdentityBytes = 3;
    const int SizeLog2Min = 16;
    const int SizeLog2Max = 24;

    // An erase takes up to 3 s, reading the status at least 1 us.
    const int StatusReadsMax = 4_000_000;

    readonly SpiBus _bus;
    readonly byte[] _command = new byte[4];
    readonly byte[] _answer = new byte[IdentityBytes];
    readonly byte[] _readBack = new byte[PageBytes];
    uint _sizeBytes;

    /// <summary><see cref="Probe"/> must give Ok before the first use.</summary>
    public SpiNorFlash(SpiBus bus)
    {
        _bus = bus;
    }

    public override uint SizeBytes => _sizeBytes;

    public override uint ProgramUnitBytes => 1;

    public override bool UnitsAreWriteOnce => false;

    public override uint SectorBytesAt(uint address) => SectorBytes;

    /// <summary>Asks the chip for its size. Gives Ok, NoDevice, or NotSupported for a size out of reach.</summary>
    public Status Probe()
    {
        _command[0] = ReadIdentityCommand;
        _bus.Receive(_command, 1, _answer, 0, IdentityBytes);
        if (_answer[0] == 0x00 || _answer[0] == 0xFF)
        {
            return Status.NoDevice;
        }

        int sizeLog2 = _answer[2];
        if (sizeLog2 < SizeLog2Min || sizeLog2 > SizeLog2Max)
        {
            return Status.NotSupported;
        }

        _sizeBytes = 1u << sizeLog2;
        return Status.Ok;
    }

    public override Status Read(uint address, byte[] buffer, int offset, int count)
    {
        if (!Contains(address, count))
        {
            return Status.OutOfRange;
        }

        int stepMax = _bus.FrameBytesMax - _command.Length;
        while (count > 0)
        {
            int step = count < stepMax ? count : stepMax;
            SetCommand(ReadCommand, address);
            _bus.Receive(_command, _command.Length, buffer, offset, step);
            address += (uint)step;
            offset += step;
            count -= step;
        }

        return Status.Ok;
    }

    public override Status Program(uint address, byte[] data, int offset, int count)
    {
        if (!Contains(address, count))
        {
            return Status.OutOfRange;
        }

        while (count > 0)
        {
            // Beyond its end a page would be filled again from its start.
            int step = (int)(PageBytes - (address & (PageBytes - 1)));
            step = count < step ? count : step;
            Status status = ProgramPage(address, data, offset, step);
            if (status != Status.Ok)
            {
                return status;
            }

            address += (uint)step;
            offset += step;
            count -= step;
        }

        return Status.Ok;
    }

    public override Status EraseSector(uint address)
    {
        if (!Contains(address, 1))
        {
            return Status.OutOfRange;
        }

        if ((address & (SectorBytes - 1)) != 0)
        {
            return Status.Misaligned;
        }

        Status status = EnableWrite();
        if (status == Status.Ok)
        {
            SetCommand(EraseSectorCommand, address);
            _bus.Send(_command, _command.Length, _command, 0, 0);
            status = WaitUntilReady();
        }

        return status;
    }

    Status ProgramPage(uint address, byte[] data, int offset, int count)
    {
        Status status = EnableWrite();
        if (status == Status.Ok)
        {
            SetCommand(ProgramCommand, address);
            _bus.Send(_command, _command.Length, data, offset, count);
            status = WaitUntilReady();
        }

        if (status == Status.Ok)
        {
            status = Read(address, _readBack, 0, count);
        }

        return status == Status.Ok && !Bytes.Equal(data, offset, _readBack, 0, count) ? Status.ProgramFailed : status;
    }

    Status EnableWrite()
    {
        _command[0] = WriteEnableCommand;
        _bus.Send(_command, 1, _command, 0, 0);
        return (ReadStatus() & StatusWriteEnabled) != 0 ? Status.Ok : Status.WriteProtected;
    }

    Status WaitUntilReady()
    {
        for (int i = 0; i < StatusReadsMax; i++)
        {
            if ((ReadStatus() & StatusBusy) == 0)
            {
                return Status.Ok;
            }
        }

        return Status.Timeout;
    }

    byte ReadStatus()
    {
        _command[0] = ReadStatusCommand;
        _bus.Receive(_command, 1, _answer, 0, 1);
        return _answer[0];
    }

    void SetCommand(byte command, uint address)
    {
        _command[0] = command;
        _command[1] = (byte)(address >> 16);
        _command[2] = (byte)(address >> 8);
        _command[3] = (byte)address;
    }

    bool Contains(uint address, int count)
        => count >= 0 && address <= _sizeBytes && (uint)count <= _sizeBytes - address;
}
