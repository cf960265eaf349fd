using Twinbank.Core;
using Twinbank.Core.Flash;

namespace Twinbank.Power.Tests.Mutants;

/// <summary>A flash that passes everything on; a known-bad variant changes one thing.</summary>
internal class FlashDecorator(FlashDevice inner) : FlashDevice
{
    public override uint SizeBytes => inner.SizeBytes;

    public override uint ProgramUnitBytes => inner.ProgramUnitBytes;

    public override bool UnitsAreWriteOnce => inner.UnitsAreWriteOnce;

    public override uint SectorBytesAt(uint address) => inner.SectorBytesAt(address);

    public override Status Read(uint address, byte[] buffer, int offset, int count)
        => inner.Read(address, buffer, offset, count);

    public override Status Program(uint address, byte[] data, int offset, int count)
        => inner.Program(address, data, offset, count);

    public override Status EraseSector(uint address) => inner.EraseSector(address);
}
