using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Promotion;

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
