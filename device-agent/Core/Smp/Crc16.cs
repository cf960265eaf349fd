namespace Twinbank.Core.Smp;

/// <summary>
/// CRC-16/XMODEM, the checksum of SMP's serial framing: polynomial 0x1021, initial value 0, not reflected, no final
/// xor. "123456789" gives 0x31C3. Run over data followed by its own CRC, high byte first, it gives 0.
/// </summary>
public static class Crc16
{
    public const ushort InitialValue = 0;

    /// <summary>The checksum after one more byte.</summary>
    public static ushort Continue(ushort state, byte value)
    {
        // Four table-free steps instead of eight rounds (x^16 = x^12 + x^5 + 1 applied to a whole byte).
        uint high = (uint)(state >> 8) ^ value;
        high ^= high >> 4;
        return (ushort)(((uint)state << 8) ^ (high << 12) ^ (high << 5) ^ high);
    }

    public static ushort Compute(byte[] data, int offset, int count)
    {
        ushort state = InitialValue;
        for (int i = 0; i < count; i++)
        {
            state = Continue(state, data[offset + i]);
        }

        return state;
    }
}
