using Twinbank.Core;
using Twinbank.Core.Flash;
using Twinbank.Simulation.Flash;

namespace Twinbank.Agent.Tests;

/// <summary>A copy of a simulated part that allocates nothing and checks nothing but the erased state.</summary>
internal sealed class PlainFlash(StrictNorFlash part) : FlashDevice
{
    private readonly byte[] _bytes = part.Contents.ToArray();

    public override uint SizeBytes => (uint)_bytes.Length;

    public override uint ProgramUnitBytes => part.ProgramUnitBytes;

    public override bool UnitsAreWriteOnce => part.UnitsAreWriteOnce;

    public override uint SectorBytesAt(uint address) => part.SectorBytesAt(address);

    public override Status Read(uint address, byte[] buffer, int offset, int count)
    {
        Array.Copy(_bytes, address, buffer, offset, count);
        return Status.Ok;
    }

    public override Status Program(uint address, byte[] data, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            if ((data[offset + i] & ~_bytes[address + i]) != 0)
            {
                return Status.NotErased;
            }

            _bytes[address + i] = data[offset + i];
        }

        return Status.Ok;
    }

    public override Status EraseSector(uint address)
    {
        Array.Fill(_bytes, (byte)0xFF, (int)address, (int)SectorBytesAt(address));
        return Status.Ok;
    }
}
