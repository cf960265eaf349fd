using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Believes in sectors twice as large as they are.</summary>
internal sealed class ErasesTheNextSectorToo : StoryVariant
{
    public override string Name => "erases-the-next-sector-too";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry) => new Flash(flash, geometry);

    sealed class Flash(FlashDevice inner, SweepGeometry geometry) : FlashDecorator(inner)
    {
        public override Status EraseSector(uint address)
        {
            base.EraseSector(address + geometry.SectorBytes);
            return base.EraseSector(address);
        }
    }
}
