using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Keeps a note in the golden store.</summary>
internal sealed class WritesIntoGolden : StoryVariant
{
    FlashDevice? _flash;
    SweepGeometry? _geometry;

    public override string Name => "writes-into-golden";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry)
    {
        _geometry = geometry;
        return _flash = flash;
    }

    public override void BeforeInstall(ApplicationContext context, int targetSlot, JournalView inForce)
        => _flash!.EraseSector(_geometry!.SlotAddress(3) - (2 * _geometry.SectorBytes));
}
