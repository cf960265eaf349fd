using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas;

/// <summary>Lays an address map out as bytes (specs/recipe.md section 6).</summary>
static class AddressMapWriter
{
    internal static byte[] Write(
        ReferenceKind references, uint baseAddress, int baseBytes, uint targetAddress, IEnumerable<ShiftEntry> entries)
    {
        byte[] header = new byte[AddressMap.HeaderBytes];
        header[AddressMap.ReferencesOffset] = (byte)references;
        LittleEndian.WriteU32(header, AddressMap.BaseAddressOffset, baseAddress);
        LittleEndian.WriteU32(header, AddressMap.BaseBytesOffset, (uint)baseBytes);
        LittleEndian.WriteU32(header, AddressMap.TargetAddressOffset, targetAddress);
        List<byte> map = [.. header];
        uint start = 0;
        uint shift = 0;
        foreach (ShiftEntry entry in entries)
        {
            WriteNumber(map, entry.Start - start);
            int change = (int)(entry.Shift - shift);
            WriteNumber(map, ((uint)change << 1) ^ (uint)(change >> 31));
            start = entry.Start;
            shift = entry.Shift;
        }

        return [.. map];
    }

    static void WriteNumber(List<byte> map, uint number)
    {
        for (; number >= 0x80; number >>= 7)
        {
            map.Add((byte)(number | 0x80));
        }

        map.Add((byte)number);
    }
}
