using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>Takes a place with a torn record for a free one.</summary>
internal sealed class ReusesTornPlaces : StoryVariant
{
    public override string Name => "reuses-torn-places";

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry) => new Flash(flash, geometry);

    sealed class Flash(FlashDevice inner, SweepGeometry geometry) : FlashDecorator(inner)
    {
        public override Status Read(uint address, byte[] buffer, int offset, int count)
        {
            Status status = base.Read(address, buffer, offset, count);
            bool isPlace = address - geometry.JournalAddress < geometry.JournalBytes && count >= 128;
            if (isPlace && !JournalView.TryParse(buffer.AsSpan(offset, 128), 0, out _))
            {
                buffer.AsSpan(offset, count).Fill(StrictNorFlash.ErasedByte);
                return Status.Ok;
            }

            return status;
        }
    }
}
