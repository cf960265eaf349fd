using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Boards;
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

/// <summary>Keeps one kind of record in RAM, as a write cache that is never flushed or flushed too late.</summary>
/// <param name="heldEvent">The event of the records to hold back.</param>
internal abstract class HoldsRecordsBack(int heldEvent) : StoryVariant
{
    Flash? _flash;

    public override FlashDevice Wrap(StrictNorFlash flash, SweepGeometry geometry)
        => _flash = new Flash(flash, geometry, heldEvent);

    public override void BeginLife() => _flash!.Forget();

    protected void WriteHeldRecord() => _flash!.WriteHeldRecord();

    sealed class Flash(FlashDevice inner, SweepGeometry geometry, int heldEvent) : FlashDecorator(inner)
    {
        byte[] _held = [];
        uint _heldAddress;

        public void Forget() => _held = [];

        public void WriteHeldRecord()
        {
            if (_held.Length > 0)
            {
                base.Program(_heldAddress, _held, 0, _held.Length);
                _held = [];
            }
        }

        public override Status Program(uint address, byte[] data, int offset, int count)
        {
            ReadOnlySpan<byte> bytes = data.AsSpan(offset, count);
            if (address - geometry.JournalAddress < geometry.JournalBytes
                && JournalView.TryParse(bytes[..128], 0, out JournalView record) && record.Event == heldEvent)
            {
                _held = bytes.ToArray();
                _heldAddress = address;
                return Status.Ok;
            }

            return base.Program(address, data, offset, count);
        }

        public override Status Read(uint address, byte[] buffer, int offset, int count)
        {
            if (_held.Length < count || address != _heldAddress)
            {
                return base.Read(address, buffer, offset, count);
            }

            _held.AsSpan(0, count).CopyTo(buffer.AsSpan(offset));
            return Status.Ok;
        }
    }
}

/// <summary>Writes a trial's attempt after the jump instead of before it.</summary>
internal sealed class CountsTheAttemptAfterTheJump() : HoldsRecordsBack(JournalView.EventAttempt)
{
    public override string Name => "counts-the-attempt-after-the-jump";

    // The watch looks at the jump before this is called.
    public override void AfterLaunch(ApplicationContext context) => WriteHeldRecord();
}

/// <summary>Erases the previous image while the journal still offers it as the way back.</summary>
internal sealed class GivesUpThePreviousTooLate() : HoldsRecordsBack(JournalView.EventInstallStarted)
{
    public override string Name => "gives-up-the-previous-too-late";
}
