using System.Buffers.Binary;
using System.Text;
using Twinbank.Formats;

namespace Twinbank.Fuzz.Targets;

internal sealed class DfuTarget : PayloadTarget
{
    const int TargetNameBytes = 255;
    const int SuffixBytes = 16;

    protected override PayloadFormat? Format => PayloadFormat.Dfu;

    protected override uint? BaseAddress => 0x4000;

    public override IReadOnlyList<byte[]> Seeds()
        => [.. new byte[][] { [1, 2, 3, 4], DfuSe() }.Select(payload => WithSuffix(payload))];

    /// <summary>Makes the checksum in the suffix right.</summary>
    public override void Repair(byte[] input, Random random)
    {
        if (input.Length >= SuffixBytes)
        {
            WithSuffix(input[..^SuffixBytes]).AsSpan()[^4..].CopyTo(input.AsSpan()[^4..]);
        }
    }

    static byte[] WithSuffix(byte[] payload)
    {
        bool isDfuSe = payload.AsSpan().StartsWith("DfuSe"u8);
        var suffix = new DfuSuffix(0xFFFF, 0xFFFF, 0xFFFF, isDfuSe ? (ushort)0x011A : DfuSuffix.PlainRelease);
        return [.. payload, .. suffix.ToBytes(payload)];
    }

    /// <summary>One target with two elements: ST's UM0391, section 2.</summary>
    static byte[] DfuSe()
    {
        byte[] elements = [.. Element(0x08000000, [1, 2, 3, 4]), .. Element(0x08001000, [5, 6])];
        byte[] name = new byte[TargetNameBytes];
        Encoding.ASCII.GetBytes("flash").CopyTo(name, 0);
        byte[] target = [.. "Target"u8, 0, .. U32(1), .. name, .. U32((uint)elements.Length), .. U32(2), .. elements];
        return [.. "DfuSe"u8, 1, .. U32((uint)(target.Length + 11)), 1, .. target];
    }

    static byte[] Element(uint address, byte[] data) => [.. U32(address), .. U32((uint)data.Length), .. data];

    static byte[] U32(uint value)
    {
        byte[] bytes = new byte[4];
        BinaryPrimitives.WriteUInt32LittleEndian(bytes, value);
        return bytes;
    }
}
