using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
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
