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
