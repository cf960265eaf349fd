namespace Twinbank.Core.Slots;

/// <summary>
/// The seal of a slot (specs/image.md section 6): no erase of the image's blocks can have been cut, so that what reads
/// erased in its buffer areas holds what is programmed there.
/// </summary>
public sealed class SlotSeal
{
    public const uint Magic = 0x45425754;
    public const int SizeBytes = 8;
    const int HeaderCrcOffset = 60;

    readonly byte[] _bytes;

    /// <param name="unitBytes">Program unit of the slots.</param>
    public SlotSeal(uint unitBytes)
        => _bytes = new byte[unitBytes > SlotHeader.SizeBytes ? unitBytes : SlotHeader.SizeBytes];

    /// <summary>Bytes of the seal with its padding.</summary>
    public static uint PlaceBytes(uint unitBytes) => unitBytes > SizeBytes ? unitBytes : SizeBytes;

    /// <summary>True when the slot has a head and the seal that belongs to it.</summary>
    public bool IsSealed(Slot slot)
    {
        uint headerCrc;
        return TryReadHeaderCrc(slot, out headerCrc)
            && slot.ReadHeaderArea(PlaceOf(slot), _bytes, 0, SizeBytes) == Status.Ok
            && LittleEndian.ReadU32(_bytes, 0) == Magic && LittleEndian.ReadU32(_bytes, 4) == headerCrc;
    }

    /// <summary>Programs the seal of the head that the slot has: one program operation.</summary>
    public Status Write(Slot slot)
    {
        uint headerCrc;
        if (!TryReadHeaderCrc(slot, out headerCrc))
        {
            return Status.WrongState;
        }

        int count = (int)PlaceBytes(slot.Region.ProgramUnitBytes);
        Bytes.Fill(_bytes, 0, count, 0xFF);
        Write(headerCrc, _bytes, 0);
        return slot.Region.Program(PlaceOf(slot), _bytes, 0, count);
    }

    /// <summary>The eight bytes of the seal for a head with this checksum.</summary>
    public static void Write(uint headerCrc, byte[] target, int offset)
    {
        LittleEndian.WriteU32(target, offset, Magic);
        LittleEndian.WriteU32(target, offset + 4, headerCrc);
    }

    static uint PlaceOf(Slot slot) => slot.HeaderAreaBytes - PlaceBytes(slot.Region.ProgramUnitBytes);

    bool TryReadHeaderCrc(Slot slot, out uint headerCrc)
    {
        bool isRead = slot.ReadHeaderArea(0, _bytes, 0, SlotHeader.SizeBytes) == Status.Ok
            && LittleEndian.ReadU32(_bytes, 0) == SlotHeader.Magic;
        headerCrc = isRead ? LittleEndian.ReadU32(_bytes, HeaderCrcOffset) : 0;
        return isRead;
    }
}
