using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Core.Install;
using Twinbank.Core.Slots;
using Twinbank.Power.Tests.Worlds;

namespace Twinbank.Power.Tests.Promotion;

/// <summary>The code of the device.</summary>
internal sealed class RealPromotion : PromotionWay
{
    GoldenPromoter? _promoter;

    public override void BeginLife() => _promoter = null;

    public override bool Step(DeviceStorage storage, SweepWorld world)
    {
        _promoter ??= new GoldenPromoter(storage, storage.CreateReader());
        Status status = _promoter.Step(SlotId.A, world.First.Target.ManifestDigest, 0, isForced: true);
        return status == Status.Ok ? _promoter.IsComplete : throw new InvalidOperationException($"a step gave {status}");
    }
}
