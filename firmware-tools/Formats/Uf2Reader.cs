using System.Buffers.Binary;
using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>
/// UF2 (microsoft/uf2, README): blocks of 512 bytes, each complete in itself. One family per file; blocks that are not
/// for the main flash are skipped.
/// </summary>
static class Uf2Reader
{
    const int BlockBytes = 512;
    const int DataOffset = 32;
    const int DataBytesMax = 476;
    const uint FirstMagic = 0x0A324655;
    const uint SecondMagic = 0x9E5D5157;
    const uint EndMagic = 0x0AB16F30;
    const uint NotMainFlash = 0x00000001;
    const uint FileContainer = 0x00001000;
    const uint FamilyPresent = 0x00002000;
    const uint ExtensionPresent = 0x00008000;

    // Tools for the RP2350 put a block with this extension first, for an erratum: it is not part of the payload.
    const uint IgnoreBlockExtension = 0x9957E304;

    internal static ReadOnlySpan<byte> Magic => "UF2\n"u8;

    /// <exception cref="FirmwareException">BadUf2, OverlappingSegments, PayloadEmpty, PayloadTooScattered.</exception>
    internal static MemoryImage Read(ReadOnlySpan<byte> content, string name)
    {
        var builder = new MemoryImageBuilder(name);
        int blockCount = content.Length / BlockBytes;
        if (content.Length % BlockBytes != 0)
        {
            throw Bad(name, blockCount, $"the file ends after {content.Length % BlockBytes} of its {BlockBytes} bytes");
        }

        uint? family = null;
        for (int i = 0; i < blockCount; i++)
        {
            ReadBlock(content.Slice(i * BlockBytes, BlockBytes), builder, ref family, name, i, blockCount);
        }

        return MemoryImage.Create(name, PayloadFormat.Uf2, builder.ToSegments());
    }

    static void ReadBlock(
        ReadOnlySpan<byte> block, MemoryImageBuilder builder, ref uint? family, string name, int index, int blockCount)
    {
        uint flags = U32(block, 8);
        uint address = U32(block, 12);
        uint dataBytes = U32(block, 16);
        uint familyOrSize = U32(block, 28);
        CheckFrame(block, name, index, blockCount);
        if ((flags & (NotMainFlash | FileContainer)) != 0)
        {
            return;
        }

        if (dataBytes > DataBytesMax || (ulong)address + dataBytes > 1UL << 32)
        {
            throw Bad(name, index, $"it claims {dataBytes} bytes at 0x{address:X8}; {DataBytesMax} fit a block");
        }

        if ((flags & ExtensionPresent) != 0 && dataBytes <= DataBytesMax - 4
            && U32(block, DataOffset + (int)dataBytes) == IgnoreBlockExtension)
        {
            return;
        }

        if ((flags & FamilyPresent) != 0)
        {
            family ??= familyOrSize;
            if (family != familyOrSize)
            {
                throw Bad(
                    name, index, $"its family is 0x{familyOrSize:X8}, but 0x{family:X8} came before; split the file");
            }
        }

        builder.Add(address, block.Slice(DataOffset, (int)dataBytes));
    }

    static void CheckFrame(ReadOnlySpan<byte> block, string name, int index, int blockCount)
    {
        if (U32(block, 0) != FirstMagic || U32(block, 4) != SecondMagic || U32(block, BlockBytes - 4) != EndMagic)
        {
            throw Bad(name, index, "one of its three magic numbers is wrong");
        }

        uint number = U32(block, 20);
        uint count = U32(block, 24);
        if (number >= count || count > (uint)blockCount)
        {
            throw Bad(name, index, $"it says it is block {number} of {count}, but the file has {blockCount} blocks");
        }
    }

    static uint U32(ReadOnlySpan<byte> block, int offset) => BinaryPrimitives.ReadUInt32LittleEndian(block[offset..]);

    static FirmwareException Bad(string name, int block, string problem)
        => new(ErrorCode.BadUf2, ("block", block), ("path", name), ("problem", problem));
}
