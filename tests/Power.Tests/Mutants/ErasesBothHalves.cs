using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Erases the whole journal where only the old half may go.</summary>
internal sealed class ErasesBothHalves : StoryVariant
{
    public override string Name => "erases-both-halves";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry) => new Flash(flash, geometry);

    sealed class Flash(FlashDevice inner, SweepGeometry geometry) : FlashDecorator(inner)
    {
        public override Status EraseSector(uint address)
        {
            uint within = address - geometry.JournalAddress;
            if (within < geometry.JournalBytes)
            {
                uint half = geometry.JournalBytes / 2;
                base.EraseSector(geometry.JournalAddress + ((within + half) % geometry.JournalBytes));
            }

            return base.EraseSector(address);
        }
    }
}
