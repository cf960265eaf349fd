namespace Twinbank.BareMetal.Drivers;

/// <summary>
/// The registers of one device, by byte offset. Each call is exactly one bus access of that width, in program order.
/// Drivers know only this, so that they run against a model of the device on a PC as well.
/// </summary>
public abstract class RegisterSpace
{
    public abstract byte Read8(uint offset);

    public abstract ushort Read16(uint offset);

    public abstract uint Read32(uint offset);

    public abstract void Write8(uint offset, byte value);

    public abstract void Write16(uint offset, ushort value);

    public abstract void Write32(uint offset, uint value);
}
