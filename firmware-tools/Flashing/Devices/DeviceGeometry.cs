using Twinbank.Flashing.Smp;

namespace Twinbank.Flashing.Devices;

/// <summary>The shape of a device's slots; sizes in bytes.</summary>
public sealed record DeviceGeometry(
    int SlotCount, uint SlotBytes, uint HeaderBytes, uint SectorBytes, uint BlockBytes, uint ProgramUnitBytes)
{
    /// <summary>Room for logical blocks in a slot.</summary>
    public uint BlockAreaBytes => SlotBytes - HeaderBytes;

    internal static DeviceGeometry Of(CborMap map) => new(
        (int)map.Unsigned("slots"), map.Unsigned("slot"), map.Unsigned("header"), map.Unsigned("sector"),
        map.Unsigned("block"), map.Unsigned("unit"));
}
