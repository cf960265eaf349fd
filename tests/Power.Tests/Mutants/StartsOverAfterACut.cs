using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Starts every install from nothing.</summary>
internal sealed class StartsOverAfterACut : StoryVariant
{
    FlashDevice? _flash;
    SweepGeometry? _geometry;

    public override string Name => "starts-over-after-a-cut";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry)
    {
        _geometry = geometry;
        return _flash = flash;
    }

    public override void BeforeInstall(ApplicationContext context, int targetSlot, JournalView inForce)
    {
        // The first time the slot is the previous image, which may not go before the journal says so.
        SweepGeometry geometry = _geometry!;
        for (uint offset = 0; offset < geometry.SlotBytes && inForce.PreviousSlot != targetSlot;
            offset += geometry.SectorBytes)
        {
            _flash!.EraseSector(geometry.SlotAddress(targetSlot) + offset);
        }
    }
}
