using Twinbank.Core.Checks;
using Twinbank.Core.Slots;

namespace Twinbank.Core.Install;

/// <summary>Writes manifest and signatures into a slot's header area (specs/image.md section 6).</summary>
sealed class SlotHeaderWriter
{
    readonly SlotHeader _header = new SlotHeader();
    readonly byte[] _piece;

    /// <param name="pieceBytes">Size of one program operation: a multiple of the program unit, at least 64.</param>
    internal SlotHeaderWriter(int pieceBytes) => _piece = new byte[pieceBytes];

    /// <summary>
    /// Erases the header area, programs the tables, and the head last: power loss before that leaves an empty slot, and
    /// after it a header whose tables are complete.
    /// </summary>
    internal Status Write(Slot slot, byte[] tables, int offset, int manifestBytes, int signatureBytes)
    {
        if (!Fits(slot, manifestBytes, signatureBytes))
        {
            return Status.TooLarge;
        }

        Status status = Erase(slot);
        return status == Status.Ok ? Program(slot, tables, offset, manifestBytes, signatureBytes) : status;
    }

    /// <summary>Erases the header area: the slot is empty from then on.</summary>
    internal static Status Erase(Slot slot)
    {
        for (uint sector = 0; sector < slot.HeaderAreaBytes; sector += slot.Region.SectorBytes)
        {
            Status status = slot.Region.EraseSector(sector);
            if (status != Status.Ok)
            {
                return status;
            }
        }

        return Status.Ok;
    }

    /// <summary>Programs tables and head into a header area that was erased without a loss of power since.</summary>
    internal Status Program(Slot slot, byte[] tables, int offset, int manifestBytes, int signatureBytes)
    {
        if (!Fits(slot, manifestBytes, signatureBytes))
        {
            return Status.TooLarge;
        }

        int count = manifestBytes + signatureBytes;
        uint manifestOffset = SlotHeader.ManifestOffsetFor(slot.Region.ProgramUnitBytes);
        Status programmed = ProgramTables(slot, manifestOffset, tables, offset, count);
        if (programmed != Status.Ok)
        {
            return programmed;
        }

        _header.ManifestOffset = manifestOffset;
        _header.ManifestBytes = (uint)manifestBytes;
        _header.SignatureAreaBytes = (uint)signatureBytes;
        _header.Crc = Crc32C.Compute(tables, offset, count);
        Bytes.Fill(_piece, 0, (int)manifestOffset, 0xFF);
        _header.Write(_piece, 0);
        return slot.Region.Program(0, _piece, 0, (int)manifestOffset);
    }

    /// <summary>True when tables of this size fit the header area beside the seal.</summary>
    internal static bool Fits(Slot slot, int manifestBytes, int signatureBytes)
        => SlotHeader.ManifestOffsetFor(slot.Region.ProgramUnitBytes) + (uint)(manifestBytes + signatureBytes)
            <= slot.HeaderAreaBytes - SlotSeal.PlaceBytes(slot.Region.ProgramUnitBytes);

    Status ProgramTables(Slot slot, uint at, byte[] tables, int offset, int count)
    {
        uint unit = slot.Region.ProgramUnitBytes;
        while (count > 0)
        {
            int taken = count < _piece.Length ? count : _piece.Length;
            int padded = (int)(((uint)taken + unit - 1) & ~(unit - 1));
            Bytes.Copy(tables, offset, _piece, 0, taken);
            Bytes.Fill(_piece, taken, padded - taken, 0xFF);
            Status status = slot.Region.Program(at, _piece, 0, padded);
            if (status != Status.Ok)
            {
                return status;
            }

            at += (uint)padded;
            offset += taken;
            count -= taken;
        }

        return Status.Ok;
    }
}
