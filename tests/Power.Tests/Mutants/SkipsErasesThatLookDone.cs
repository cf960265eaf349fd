using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Saves an erase where the first bytes of the sector read as erased.</summary>
internal sealed class SkipsErasesThatLookDone : StoryVariant
{
    public override string Name => "skips-erases-that-look-done";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry) => new Flash(flash);

    sealed class Flash(StrictNorFlash inner) : FlashDecorator(inner)
    {
        public override Status EraseSector(uint address)
            => inner.Contents.Slice((int)address, 16).ContainsAnyExcept(StrictNorFlash.ErasedByte)
                ? base.EraseSector(address)
                : Status.Ok;
    }
}
