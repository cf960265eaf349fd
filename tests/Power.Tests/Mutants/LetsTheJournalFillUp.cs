using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Never erases a journal half, so the journal is full one day.</summary>
internal sealed class LetsTheJournalFillUp : StoryVariant
{
    public override string Name => "lets-the-journal-fill-up";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry) => new Flash(flash, geometry);

    sealed class Flash(StrictNorFlash inner, SweepGeometry geometry) : FlashDecorator(inner)
    {
        public override Status EraseSector(uint address)
            => address - geometry.JournalAddress < geometry.JournalBytes
                && JournalView.Read(geometry, inner.Contents).Sequence > 0
                ? Status.EraseFailed
                : base.EraseSector(address);
    }
}
