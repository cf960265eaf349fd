using System.Buffers.Binary;
using Twinbank.Errors;
using static Twinbank.Formats.Tests.Payloads;

namespace Twinbank.Formats.Tests;

[TestClass]
public sealed class ElfTests
{
    [TestMethod]
    public void Takes_loadable_segments_at_their_physical_addresses()
    {
        MemoryImage image = Parse(Sample());
        AssertSegments(image, (0x80000000, "11223344"), (0x80000004, "5566"));
        Assert.AreEqual(0x80000001u, image.EntryPoint);
        Assert.AreEqual(ElfFile.MachineArm, image.Machine);
        Assert.AreEqual(0x20000000u, image.Segments[1].VirtualAddress);
        Assert.AreEqual(SegmentAccess.Read | SegmentAccess.Execute, image.Segments[0].Access);
        Assert.AreEqual(SegmentAccess.Read | SegmentAccess.Write, image.Segments[1].Access);
        Assert.AreEqual(PayloadFormat.Elf, image.Format);
    }

    [TestMethod]
    public void Has_no_entry_point_when_the_file_has_none()
    {
        byte[] file = Sample();
        file.AsSpan(24, 4).Clear();
        Assert.IsNull(Parse(file).EntryPoint);
    }

    [TestMethod]
    [DataRow(4, 2, "64-bit file")]
    [DataRow(4, 7, "its class is 7")]
    [DataRow(5, 2, "big-endian")]
    [DataRow(5, 0, "its byte order is 0")]
    [DataRow(6, 0, "its version is 0")]
    [DataRow(16, 1, "object file that was not linked")]
    [DataRow(16, 3, "shared library")]
    [DataRow(16, 4, "core dump")]
    [DataRow(16, 9, "its type is 9")]
    [DataRow(42, 40, "its program headers have 40 bytes each")]
    [DataRow(45, 255, "program headers; at most 1024")]
    [DataRow(31, 1, "the program header table reaches to byte")]
    [DataRow(52 + 7, 1, "segment 0 reaches to byte")]
    [DataRow(52 + 20, 3, "segment 0 has 4 bytes in the file but 3 in memory")]
    public void Says_why_a_file_is_not_usable(int position, int value, string expected)
    {
        byte[] file = Sample();
        file[position] = (byte)value;
        Assert.Contains(expected, Refuse(ErrorCode.BadElf, () => Parse(file)).Message);
    }

    [TestMethod]
    public void Refuses_a_segment_beyond_4_GiB()
    {
        byte[] file = Sample();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(52 + 12), 0xFFFFFFFE);
        Assert.Contains("beyond 4 GiB", Refuse(ErrorCode.BadElf, () => Parse(file)).Message);
    }

    [TestMethod]
    public void Refuses_overlapping_segments()
    {
        byte[] file = Sample();
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(52 + 32 + 12), 0x80000002);
        Assert.Contains("0x80000002", Refuse(ErrorCode.OverlappingSegments, () => Parse(file)).Message);
    }

    [TestMethod]
    public void Names_another_file_that_was_given_as_ELF()
        => Assert.Contains("it is a gzip file", Refuse(
            ErrorCode.BadElf, () => Parse([0x1F, 0x8B, 8, 0], new() { Format = PayloadFormat.Elf })).Message);

    [TestMethod]
    public void Does_not_copy_the_same_bytes_again_and_again()
    {
        // 1,024 headers that all claim the same 4 MiB: 4 GiB if each were copied.
        const int headerCount = 1024;
        byte[] file = new byte[52 + (32 * headerCount) + (4 << 20)];
        Sample().AsSpan(0, 52).CopyTo(file);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(44), headerCount);
        for (int i = 0; i < headerCount; i++)
        {
            uint address = (uint)i << 22;
            uint[] words = [1, 52 + (32 * headerCount), address, address, 4 << 20, 4 << 20, 4, 1];
            WriteHeader(file.AsSpan(52 + (32 * i)), words);
        }

        Assert.Contains("its segments have more than", Refuse(ErrorCode.BadElf, () => Parse(file)).Message);
    }

    [TestMethod]
    public void Shows_headers_to_those_who_need_more_than_segments()
    {
        ElfFile file = ElfFile.Parse(Sample(), "x");
        Assert.HasCount(4, file.ProgramHeaders);
        Assert.AreEqual(0x100u, file.ProgramHeaders[2].MemoryBytes);
        Assert.AreEqual(0u, file.SectionHeaderOffset);
        Assert.AreEqual((ushort)0, file.SectionHeaderCount);
        Assert.AreEqual((ushort)0, file.SectionNameIndex);
        Assert.AreEqual(0x05000000u, file.Flags);
        Assert.AreEqual(6, file.Slice(180, 6, "test").Length);
    }

    /// <summary>
    /// Code, initialised data (stored after the code), zeroed data, a note; by hand from the ABI's tables.
    /// </summary>
    internal static byte[] Sample()
    {
        byte[] file = new byte[52 + (4 * 32) + 6];
        ((byte[])[0x7F, 0x45, 0x4C, 0x46, 1, 1, 1]).CopyTo(file, 0);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(16), 2);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(18), 40);
        WriteHeader(file.AsSpan(20), [1, 0x80000001, 52, 0, 0x05000000]);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(40), 52);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(42), 32);
        BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(44), 4);
        WriteHeader(file.AsSpan(52), [1, 180, 0x80000000, 0x80000000, 4, 4, 5, 4]);
        WriteHeader(file.AsSpan(84), [1, 184, 0x20000000, 0x80000004, 2, 2, 6, 4]);
        WriteHeader(file.AsSpan(116), [1, 186, 0x20000004, 0x20000004, 0, 0x100, 6, 4]);
        WriteHeader(file.AsSpan(148), [4, 180, 0, 0, 6, 6, 4, 4]);
        ((byte[])[0x11, 0x22, 0x33, 0x44, 0x55, 0x66]).CopyTo(file, 180);
        return file;
    }

    static void WriteHeader(Span<byte> target, uint[] words)
    {
        for (int i = 0; i < words.Length; i++)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(target[(i * 4)..], words[i]);
        }
    }
}
