using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Makes room in the slot that runs.</summary>
internal sealed class ErasesTheConfirmedSlot : StoryVariant
{
    FlashDevice? _flash;
    SweepGeometry? _geometry;

    public override string Name => "erases-the-confirmed-slot";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry)
    {
        _geometry = geometry;
        return _flash = flash;
    }

    public override void BeforeInstall(ApplicationContext context, int targetSlot, JournalView inForce)
        => _flash!.EraseSector(_geometry!.SlotAddress(1 - targetSlot) + _geometry.HeaderBytes);
}
