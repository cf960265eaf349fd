using Internal.Runtime;
using Twinbank.BareMetal.Drivers;

namespace Twinbank.BareMetal.Machine;

/// <summary>Device registers at their address in the CPU's address space.</summary>
public sealed class MmioSpace : RegisterSpace
{
    readonly uint _baseAddress;

    public MmioSpace(uint baseAddress)
    {
        _baseAddress = baseAddress;
    }

    public override byte Read8(uint offset) => Mmio.Read8(_baseAddress + offset);

    public override ushort Read16(uint offset) => Mmio.Read16(_baseAddress + offset);

    public override uint Read32(uint offset) => Mmio.Read32(_baseAddress + offset);

    public override void Write8(uint offset, byte value) => Mmio.Write8(_baseAddress + offset, value);

    public override void Write16(uint offset, ushort value) => Mmio.Write16(_baseAddress + offset, value);

    public override void Write32(uint offset, uint value) => Mmio.Write32(_baseAddress + offset, value);
}
