using System.Buffers.Binary;
using Twinbank.Errors;
using Twinbank.Layout.Inputs;

namespace Twinbank.Layout.Tests;

[TestClass]
public sealed class ElfObjectTests
{
    /// <summary>A header, then section headers: none, symbols, and the table of their names, which is empty.</summary>
    static byte[] Elf(uint alignmentBytes, uint commonAlignmentBytes)
    {
        byte[] file = new byte[52 + (3 * 40) + 16];
        "\u007FELF\u0001\u0001\u0001"u8.CopyTo(file);
        Write16(18, ElfObject.MachineArm);
        Write32(32, 52);
        Write16(46, 40);
        Write16(48, 3);
        Write16(50, 2);
        int symbols = 52 + 40;
        Write32(symbols + 4, ElfSection.TypeSymbols);
        Write32(symbols + 16, 52 + (3 * 40));
        Write32(symbols + 20, 16);
        Write32(symbols + 24, 2);
        Write32(symbols + 32, alignmentBytes);
        Write32(52 + (3 * 40) + 4, commonAlignmentBytes);
        Write16(52 + (3 * 40) + 14, ElfSymbol.Common);
        return file;

        void Write16(int at, ushort value) => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);
        void Write32(int at, uint value) => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
    }

    [TestMethod]
    public void Refuses_alignments_that_are_no_powers_of_two()
    {
        Assert.HasCount(1, ElfObject.Parse(Elf(4, 8), "a.o").Symbols);
        Assert.HasCount(1, ElfObject.Parse(Elf(0, 1), "a.o").Symbols, "0 is 1");
        foreach (byte[] file in new[] { Elf(3, 8), Elf(4, 0), Elf(4, 12) })
        {
            FirmwareException error = Assert.ThrowsExactly<FirmwareException>(() => ElfObject.Parse(file, "a.o"));
            Assert.AreEqual(ErrorCode.BadElf, error.Code);
        }
    }
}
