using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Promotion;

/// <summary>A way to make golden the running image: the device's own, or one that is known to be bad.</summary>
internal abstract class PromotionWay
{
    /// <summary>Does one step after a start with this storage; true when it is done.</summary>
    public abstract bool Step(DeviceStorage storage, SweepWorld world);

    /// <summary>The power came back: whatever was only in RAM is gone.</summary>
    public abstract void BeginLife();
}

/// <summary>The code of the device.</summary>
internal sealed class RealPromotion : PromotionWay
{
    GoldenPromoter? _promoter;

    public override void BeginLife() => _promoter = null;

    public override bool Step(DeviceStorage storage, SweepWorld world)
    {
        _promoter ??= new GoldenPromoter(storage, storage.CreateReader());
        Status status = _promoter.Step(SlotId.A, world.First.Target.ManifestDigest, 0);
        return status == Status.Ok ? _promoter.IsComplete : throw new InvalidOperationException($"a step gave {status}");
    }
}

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

/// <summary>Known bad: copies from the last sector to the first, so that the old head stays until the end.</summary>
internal sealed class KeepsTheOldHead : PromotionWay
{
    uint _left;

    public override void BeginLife() => _left = 0;

    public override bool Step(DeviceStorage storage, SweepWorld world)
    {
        _left = _left == 0 ? world.Geometry.SlotBytes : _left;
        _left -= world.Geometry.SectorBytes;
        CopiesTheHeadFirst.CopySector(storage, _left);
        return _left == 0;
    }
}

/// <summary>Known bad: starts at the wrong slot, the one that runs.</summary>
internal sealed class ErasesWhatRuns : PromotionWay
{
    public override void BeginLife()
    {
    }

    public override bool Step(DeviceStorage storage, SweepWorld world)
        => storage.SlotA.Region.EraseSector(0) == Status.Ok;
}
