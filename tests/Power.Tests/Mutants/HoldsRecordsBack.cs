using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Power.Tests.Checks;
using Twinbank.Power.Tests.Stories;
using Twinbank.Power.Tests.Worlds;
using Twinbank.Simulation.Flash;

namespace Twinbank.Power.Tests.Mutants;

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
