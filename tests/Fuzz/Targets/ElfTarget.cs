using System.Buffers.Binary;
using Twinbank.Formats;

namespace Twinbank.Fuzz.Targets;

internal sealed class ElfTarget : PayloadTarget
{
    const int HeaderBytes = 52;
    const int ProgramHeaderBytes = 32;

    protected override PayloadFormat? Format => PayloadFormat.Elf;

    public override IReadOnlyList<byte[]> Seeds() => [Build((0x80000000, 100), (0x80000100, 20)), Build((0, 1))];

    /// <summary>An ELF32 file for ARM with one PT_LOAD per range, laid out as the ELF specification says.</summary>
    static byte[] Build(params (uint Address, int Bytes)[] ranges)
    {
        int dataStart = HeaderBytes + (ranges.Length * ProgramHeaderBytes);
        byte[] file = new byte[dataStart + ranges.Sum(range => range.Bytes)];
        new byte[] { 0x7F, 0x45, 0x4C, 0x46, 1, 1, 1 }.CopyTo(file, 0);
        Write16(file, 16, 2);
        Write16(file, 18, 40);
        Write32(file, 20, 1);
        Write32(file, 24, ranges[0].Address | 1);
        Write32(file, 28, HeaderBytes);
        Write16(file, 40, HeaderBytes);
        Write16(file, 42, ProgramHeaderBytes);
        Write16(file, 44, (ushort)ranges.Length);
        Write16(file, 46, 40);
        int header = HeaderBytes;
        int data = dataStart;
        foreach ((uint address, int bytes) in ranges)
        {
            uint[] fields = [1, (uint)data, address, address, (uint)bytes, (uint)bytes + 8, 5, 4];
            for (int i = 0; i < fields.Length; i++)
            {
                Write32(file, header + (i * 4), fields[i]);
            }

            header += ProgramHeaderBytes;
            data += bytes;
        }

        return file;
    }

    static void Write16(byte[] file, int at, ushort value)
        => BinaryPrimitives.WriteUInt16LittleEndian(file.AsSpan(at), value);

    static void Write32(byte[] file, int at, uint value)
        => BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(at), value);
}
