using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Promotion;

/// <summary>Known bad: starts at the wrong slot, the one that runs.</summary>
internal sealed class ErasesWhatRuns : PromotionWay
{
    public override void BeginLife()
    {
    }

    public override bool Step(DeviceStorage storage, SweepWorld world)
        => storage.SlotA.Region.EraseSector(0) == Status.Ok;
}
