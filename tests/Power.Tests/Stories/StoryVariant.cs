using Twinbank.Core.Checks;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Stories;

/// <summary>
/// What a known-bad variant does differently; this one does everything right. Each variant is one mistake that a real
/// implementation could make, put around the real code from outside. Each device has its own.
/// </summary>
internal class StoryVariant
{
    /// <summary>Stands in case ids.</summary>
    public virtual string Name => "real";

    /// <summary>The flash as the device's code sees it.</summary>
    public virtual FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry) => flash;

    /// <summary>The hash that the device's code uses.</summary>
    public virtual DigestAlgorithm NewDigest() => new HostDigest();

    /// <summary>Called at each reset: whatever is only in RAM is gone.</summary>
    public virtual void BeginLife()
    {
    }

    /// <summary>Called when an image has been started, before the image does anything.</summary>
    public virtual void AfterLaunch(ApplicationContext context)
    {
    }

    /// <summary>Called before the install begins.</summary>
    public virtual void BeforeInstall(ApplicationContext context, int targetSlot, JournalView inForce)
    {
    }
}
