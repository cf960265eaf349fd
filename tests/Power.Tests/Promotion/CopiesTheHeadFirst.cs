using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Promotion;

/// <summary>Known bad: copies the slot sector by sector, its head first, as one copies a file.</summary>
internal sealed class CopiesTheHeadFirst : PromotionWay
{
    uint _done;

    public override void BeginLife() => _done = 0;

    public override bool Step(DeviceStorage storage, SweepWorld world)
    {
        CopySector(storage, _done);
        _done += world.Geometry.SectorBytes;
        return _done == world.Geometry.SlotBytes;
    }

    public static void CopySector(DeviceStorage storage, uint offset)
    {
        FlashRegion from = storage.SlotA.Region;
        FlashRegion to = storage.FindSlot(SlotId.Golden)!.Region;
        byte[] sector = new byte[from.SectorBytes];
        Check(from.Read(offset, sector, 0, sector.Length));
        Check(to.EraseSector(offset));
        for (uint at = 0; at < from.SectorBytes; at += from.ProgramUnitBytes)
        {
            if (sector.AsSpan((int)at, (int)from.ProgramUnitBytes).ContainsAnyExcept((byte)0xFF))
            {
                Check(to.Program(offset + at, sector, (int)at, (int)from.ProgramUnitBytes));
            }
        }
    }

    static void Check(Status status)
    {
        if (status != Status.Ok)
        {
            throw new InvalidOperationException($"the copy gave {status}");
        }
    }
}
