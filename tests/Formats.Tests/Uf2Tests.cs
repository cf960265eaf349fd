using System.Buffers.Binary;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class Uf2Tests
{
    const uint FamilyRp2040 = 0xE48BFF56;

    [TestMethod]
    public void Joins_blocks_in_any_order()
    {
        byte[] file = [.. Block(1, 2, 0x10000100, [3, 4]), .. Block(0, 2, 0x100000FE, [1, 2])];
        AssertSegments(Parse(file), (0x100000FE, "01020304"));
        Assert.AreEqual(PayloadFormat.Uf2, Parse(file).Format);
    }

    [TestMethod]
    public void Skips_blocks_that_are_not_for_the_main_flash()
    {
        byte[] file =
            [.. Block(0, 3, 0, [9], flags: 1), .. Block(1, 3, 0, [9], flags: 0x1000), .. Block(2, 3, 0x100, [1])];
        AssertSegments(Parse(file), (0x100, "01"));
    }

    [TestMethod]
    public void Skips_the_block_that_tools_for_the_RP2350_add()
    {
        byte[] extra = Block(0, 2, 0x10FFFF00, new byte[256], flags: 0xA000, family: 0xE48BFF57);
        ((byte[])[0x04, 0xE3, 0x57, 0x99]).CopyTo(extra, 32 + 256);
        AssertSegments(Parse([.. extra, .. Block(0, 1, 0x10000000, [1])]), (0x10000000, "01"));
    }

    [TestMethod]
    public void Refuses_two_families()
    {
        byte[] file = [.. Block(0, 2, 0, [1]), .. Block(1, 2, 1, [1], family: 0xADA52840)];
        Assert.Contains("split the file", Refuse(ErrorCode.BadUf2, () => Parse(file)).Message);
    }

    [TestMethod]
    public void Refuses_a_cut_off_file()
    {
        byte[] file = [.. Block(0, 2, 0, [1]), .. Block(1, 2, 1, [1])];
        Assert.Contains("block 0 of 2, but the file has 1", Refuse(ErrorCode.BadUf2, () => Parse(file[..512])).Message);
        Assert.Contains("ends after 511 of its 512", Refuse(ErrorCode.BadUf2, () => Parse(file[..^1])).Message);
    }

    [TestMethod]
    [DataRow(4, "magic")]
    [DataRow(511, "magic")]
    [DataRow(17, "bytes at")]
    [DataRow(21, "it says it is block")]
    public void Says_which_block_is_wrong(int position, string expected)
    {
        byte[] file = [.. Block(0, 2, 0, [1]), .. Block(1, 2, 1, [1])];
        file[512 + position] ^= 0x40;
        FirmwareException exception = Refuse(ErrorCode.BadUf2, () => Parse(file));
        Assert.Contains("Block 1", exception.Message);
        Assert.Contains(expected, exception.Message);
    }

    internal static byte[] Block(
        uint number, uint count, uint address, byte[] data, uint flags = 0x2000, uint family = FamilyRp2040)
    {
        byte[] block = new byte[512];
        uint[] words = [0x0A324655, 0x9E5D5157, flags, address, (uint)data.Length, number, count, family];
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(i * 4), words[i]);
        }

        data.CopyTo(block, 32);
        BinaryPrimitives.WriteUInt32LittleEndian(block.AsSpan(508), 0x0AB16F30);
        return block;
    }
}
