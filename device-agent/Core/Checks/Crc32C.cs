namespace Twinbank.Core.Checks;

/// <summary>
/// CRC-32C (Castagnoli; RFC 3720 appendix B.4): polynomial 0x1EDC6F41 reflected, initial value and final xor
/// 0xFFFFFFFF. "123456789" gives 0xE3069283. Finds torn writes and bit rot; it is no protection against an attacker.
/// </summary>
public sealed class Crc32C
{
    // 16 entries, one nibble a step: 64 bytes of table instead of 1 KiB, for boot stages that count bytes.
    static readonly uint[] s_nibbleTable =
    {
        0x00000000, 0x105EC76F, 0x20BD8EDE, 0x30E349B1, 0x417B1DBC, 0x5125DAD3, 0x61C69362, 0x7198540D,
        0x82F63B78, 0x92A8FC17, 0xA24BB5A6, 0xB21572C9, 0xC38D26C4, 0xD3D3E1AB, 0xE330A81A, 0xF36E6F75,
    };

    uint _state = 0xFFFFFFFF;

    public void Reset() => _state = 0xFFFFFFFF;

    public void Update(byte[] data, int offset, int count) => _state = Continue(_state, data, offset, count);

    public uint Value => ~_state;

    /// <summary>CRC-32C of one piece of memory.</summary>
    public static uint Compute(byte[] data, int offset, int count) => ~Continue(0xFFFFFFFF, data, offset, count);

    static uint Continue(uint state, byte[] data, int offset, int count)
    {
        uint[] table = s_nibbleTable;
        for (int i = 0; i < count; i++)
        {
            state ^= data[offset + i];
            state = (state >> 4) ^ table[state & 0xF];
            state = (state >> 4) ^ table[state & 0xF];
        }

        return state;
    }
}
