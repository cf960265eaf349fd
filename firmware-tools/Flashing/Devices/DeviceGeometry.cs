using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>The shape of a device's slots; sizes in bytes.</summary>
public sealed record DeviceGeometry(
    int SlotCount, uint SlotBytes, uint HeaderBytes, uint SectorBytes, uint BlockBytes, uint ProgramUnitBytes)
{
    /// <summary>Room for logical blocks in a slot.</summary>
    public uint BlockAreaBytes => SlotBytes - HeaderBytes;

    /// <exception cref="Twinbank.Errors.FirmwareException">BadAnswer: sizes that no slot can have.</exception>
    internal static DeviceGeometry Of(CborMap map)
    {
        uint slotBytes = map.Size("slot");
        uint headerBytes = map.Size("header", slotBytes);
        uint sectorBytes = map.Size("sector", headerBytes);
        return new DeviceGeometry(
            (int)map.Unsigned("slots"), slotBytes, headerBytes, sectorBytes, map.Size("block", slotBytes),
            map.Size("unit", sectorBytes));
    }
}
