using System.Buffers.Binary;
using Twinbank.Formats;

namespace Twinbank.Fuzz.Targets;

internal sealed class Uf2Target : PayloadTarget
{
    const int BlockBytes = 512;
    const int DataBytes = 256;

    protected override PayloadFormat? Format => PayloadFormat.Uf2;

    public override IReadOnlyList<byte[]> Seeds()
        => [Block(0, 1), [.. Block(0, 3), .. Block(1, 3), .. Block(2, 3)]];

    static byte[] Block(uint number, uint count)
    {
        byte[] block = new byte[BlockBytes];
        uint address = 0x10000000 + (number * DataBytes);
        uint[] fields = [0x0A324655, 0x9E5D5157, 0x00002000, address, DataBytes, number, count, 0xE48BFF56];
        for (int i = 0; i < fields.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(i * 4), fields[i]);
        }

        block.AsSpan(32, DataBytes).Fill((byte)number);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(BlockBytes - 4), 0x0AB16F30);
        return block;
    }
}
