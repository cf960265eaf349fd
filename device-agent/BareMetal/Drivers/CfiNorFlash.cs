using Twinbank.Core;
using Twinbank.Core.Flash;

namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// NOR flash with the Intel command set (CFI, JESD68.01; command set 0001): two 16-bit chips side by side on a 32-bit
/// bus, as on QEMU's virt board. Both chips get each command at once, in their half of the word.
/// </summary>
/// <remarks>
/// Programming goes through the chips' write buffer, in pieces. QEMU writes a piece to its file whole or not at all, so
/// short programs, which are records, go in small pieces: then a power cut in QEMU can tear them, as on real parts.
/// QEMU also lets a program set bits that are cleared; real parts do not, so this driver refuses it. Between calls the
/// chips always answer as memory.
/// </remarks>
public sealed class CfiNorFlash : FlashDevice
{
    const int PieceBytesMax = 256;
    const int RecordBytesMax = 256;
    const int RecordPieceBytes = 32;

    const uint BusBytes = 4;
    const uint BothChips = 0x00010001;

    const uint ReadArrayCommand = 0xFF;
    const uint QueryCommand = 0x98;
    const uint ClearStatusCommand = 0x50;
    const uint LockSetupCommand = 0x60;
    const uint EraseCommand = 0x20;
    const uint BufferedProgramCommand = 0xE8;
    const uint ConfirmCommand = 0xD0;

    const uint QueryAddressWords = 0x55;
    const uint QueryIdentifier = 0x10;
    const uint QueryCommandSet = 0x13;
    const uint QuerySizeLog2 = 0x27;
    const uint QueryBufferLog2 = 0x2A;
    const uint QueryRegionCount = 0x2C;
    const uint QuerySectorBytes256 = 0x2F;
    const uint IntelCommandSet = 1;

    const uint StatusReady = 0x80 * BothChips;
    const uint StatusLocked = 0x02 * BothChips;
    const uint StatusFailed = 0x38 * BothChips; // voltage, program and erase errors

    // An erase takes up to 4 s and a status read at least 100 ns.
    const int StatusReadsMax = 40_000_000;

    readonly RegisterSpace _bus;
    uint _sizeBytes;
    uint _sectorBytes;

    /// <summary>A bank at offset 0 of the bus. <see cref="Probe"/> must give Ok before the first use.</summary>
    public CfiNorFlash(RegisterSpace bus)
    {
        _bus = bus;
    }

    public override uint SizeBytes => _sizeBytes;

    public override uint ProgramUnitBytes => BusBytes;

    public override bool UnitsAreWriteOnce => false;

    public override uint SectorBytesAt(uint address) => _sectorBytes;

    /// <summary>
    /// Asks the chips for their geometry. Gives Ok, NoDevice, or NotSupported for another command set.
    /// </summary>
    public Status Probe()
    {
        Command(QueryAddressWords * BusBytes, QueryCommand);
        Status status = ReadGeometry();
        Command(0, ReadArrayCommand);
        return status;
    }

    /// <summary>Brings the bank back to answering as memory, whatever state somebody left it in.</summary>
    public void Recover()
    {
        Command(0, ClearStatusCommand);
        Command(0, ReadArrayCommand);
    }

    public override Status Read(uint address, byte[] buffer, int offset, int count)
    {
        if (!Contains(address, count))
        {
            return Status.OutOfRange;
        }

        int end = offset + count;
        while (offset < end)
        {
            uint word = _bus.Read32(address & ~3u);
            word >>= (int)(address & 3) * 8;
            do
            {
                buffer[offset++] = (byte)word;
                word >>= 8;
                address++;
            }
            while (offset < end && (address & 3) != 0);
        }

        return Status.Ok;
    }

    public override Status Program(uint address, byte[] data, int offset, int count)
    {
        if (!Contains(address, count))
        {
            return Status.OutOfRange;
        }

        if (((address | (uint)count) & (BusBytes - 1)) != 0)
        {
            return Status.Misaligned;
        }

        uint lineBytes = count <= RecordBytesMax ? (uint)RecordPieceBytes : PieceBytesMax;
        while (count > 0)
        {
            // A piece must not cross a line of the write buffer.
            int piece = (int)(lineBytes - (address & (lineBytes - 1)));
            if (piece > count)
            {
                piece = count;
            }

            Status status = ProgramPiece(address, data, offset, piece);
            if (status != Status.Ok)
            {
                return status;
            }

            address += (uint)piece;
            offset += piece;
            count -= piece;
        }

        return Status.Ok;
    }

    public override Status EraseSector(uint address)
    {
        if (!Contains(address, 1))
        {
            return Status.OutOfRange;
        }

        if ((address & (_sectorBytes - 1)) != 0)
        {
            return Status.Misaligned;
        }

        Unlock(address);
        Command(address, EraseCommand);
        Command(address, ConfirmCommand);
        return Finish(address, Status.EraseFailed);
    }

    Status ReadGeometry()
    {
        if (Query(QueryIdentifier) != 'Q' || Query(QueryIdentifier + 1) != 'R' || Query(QueryIdentifier + 2) != 'Y')
        {
            return Status.NoDevice;
        }

        if (Query16(QueryCommandSet) != IntelCommandSet || Query(QueryRegionCount) != 1)
        {
            return Status.NotSupported;
        }

        // Sizes are per chip; the bank is two of them.
        uint sizeLog2 = Query(QuerySizeLog2);
        uint sectorBytes = Query16(QuerySectorBytes256) * 256 * 2;
        bool sectorIsPowerOfTwo = sectorBytes != 0 && (sectorBytes & (sectorBytes - 1)) == 0;
        bool buffersEnough = (2u << (int)Query16(QueryBufferLog2)) >= PieceBytesMax;
        if (sizeLog2 < 16 || sizeLog2 > 29 || !sectorIsPowerOfTwo || !buffersEnough)
        {
            return Status.NotSupported;
        }

        _sizeBytes = 2u << (int)sizeLog2;
        _sectorBytes = sectorBytes;
        return Status.Ok;
    }

    // Query bytes are spaced by the bus width, the same in both chips.
    uint Query(uint index) => _bus.Read32(index * BusBytes) & 0xFF;

    uint Query16(uint index) => Query(index) | (Query(index + 1) << 8);

    Status ProgramPiece(uint address, byte[] data, int offset, int count)
    {
        for (int i = 0; i < count; i += 4)
        {
            uint value = LittleEndian.ReadU32(data, offset + i);
            if ((_bus.Read32(address + (uint)i) & value) != value)
            {
                return Status.NotErased;
            }
        }

        Unlock(address);
        Command(address, BufferedProgramCommand);
        Status status = Wait(address, Status.ProgramFailed);
        if (status == Status.Ok)
        {
            Command(address, (uint)(count / 4) - 1);
            for (int i = 0; i < count; i += 4)
            {
                _bus.Write32(address + (uint)i, LittleEndian.ReadU32(data, offset + i));
            }

            Command(address, ConfirmCommand);
        }

        return status == Status.Ok ? Finish(address, Status.ProgramFailed) : Leave(address, status);
    }

    void Unlock(uint address)
    {
        Command(address, LockSetupCommand);
        Command(address, ConfirmCommand);
    }

    Status Finish(uint address, Status failure) => Leave(address, Wait(address, failure));

    // Back to memory; sticky error bits are cleared, so that they are not taken for the next command's.
    Status Leave(uint address, Status status)
    {
        if (status != Status.Ok)
        {
            Command(address, ClearStatusCommand);
        }

        Command(address, ReadArrayCommand);
        return status;
    }

    Status Wait(uint address, Status failure)
    {
        for (int i = 0; i < StatusReadsMax; i++)
        {
            uint status = _bus.Read32(address);
            if ((status & StatusReady) == StatusReady)
            {
                if ((status & StatusLocked) != 0)
                {
                    return Status.WriteProtected;
                }

                return (status & StatusFailed) != 0 ? failure : Status.Ok;
            }
        }

        return Status.Timeout;
    }

    void Command(uint address, uint command) => _bus.Write32(address, command * BothChips);

    bool Contains(uint address, int count)
        => count >= 0 && address <= _sizeBytes && (uint)count <= _sizeBytes - address;
}
