using System.Buffers.Binary;
using Twinbank.Errors;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class ElfSymbolTests
{
    const int SectionBytes = 40;
    const int SymbolsOffset = 52;
    const int NamesOffset = SymbolsOffset + (4 * 16);
    const int SectionsOffset = NamesOffset + 16;

    // By hand from the System V ABI: no segments; a null symbol, a function, an object and a file name.
    static byte[] Sample()
    {
        byte[] file = new byte[SectionsOffset + (3 * SectionBytes)];
        ((byte[])[0x7F, (byte)'E', (byte)'L', (byte)'F', 1, 1, 1]).CopyTo(file, 0);
        file[16] = 2;
        file[18] = 40;
        file[20] = 1;
        Put(file, 32, SectionsOffset);
        file[42] = 32;
        file[46] = SectionBytes;
        file[48] = 3;
        Symbol(file, 1, 1, 0x08000101, 6, 0x12);
        Symbol(file, 2, 6, 0x20000003, 1, 0x11);
        Symbol(file, 3, 10, 0, 0, 0x04);
        "\0main\0led\0a.c\0"u8.CopyTo(file.AsSpan(NamesOffset));
        Section(file, 1, 2, SymbolsOffset, 4 * 16, 2);
        Section(file, 2, 3, NamesOffset, 14, 0);
        return file;
    }

    [TestMethod]
    public void Reads_functions_without_the_Thumb_bit_and_objects()
    {
        IReadOnlyList<ElfSymbol> symbols = ElfSymbols.Read(ElfFile.Parse(Sample(), "a.elf"));
        CollectionAssert.AreEqual(
            new ElfSymbol[] { new("main", 0x08000100, 6), new("led", 0x20000003, 1) }, symbols.ToArray());
    }

    [TestMethod]
    public void Finds_no_symbols_in_a_stripped_file()
    {
        byte[] file = Sample();
        file[48] = 0;
        Assert.IsEmpty(ElfSymbols.Read(ElfFile.Parse(file, "a.elf")));
    }

    [TestMethod]
    public void Refuses_damaged_tables_and_nothing_worse_happens()
    {
        byte[] good = Sample();
        for (int at = 32; at < good.Length; at++)
        {
            byte[] file = [.. good];
            file[at] ^= 0xFF;
            try
            {
                ElfSymbols.Read(ElfFile.Parse(file, "a.elf"));
            }
            catch (FirmwareException error)
            {
                Assert.AreEqual(ErrorCode.BadElf, error.Code);
            }
        }

        byte[] endless = [.. good];
        endless.AsSpan(NamesOffset, 14).Fill((byte)'x');
        Assert.ThrowsExactly<FirmwareException>(() => ElfSymbols.Read(ElfFile.Parse(endless, "a.elf")));
    }

    static void Symbol(byte[] file, int index, uint name, uint address, uint size, byte info)
    {
        int at = SymbolsOffset + (16 * index);
        Put(file, at, name);
        Put(file, at + 4, address);
        Put(file, at + 8, size);
        file[at + 12] = info;
    }

    static void Section(byte[] file, int index, uint type, uint offset, uint size, uint link)
    {
        int at = SectionsOffset + (SectionBytes * index);
        Put(file, at + 4, type);
        Put(file, at + 16, offset);
        Put(file, at + 20, size);
        Put(file, at + 24, link);
    }

    static void Put(byte[] file, int at, uint value)
        => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
}
