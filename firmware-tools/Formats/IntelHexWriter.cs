using System.Buffers.Binary;

namespace Twinbank.Formats;

/// <summary>Writes Intel HEX with 32-bit addresses: 16 data bytes a line, none across a 64 KiB boundary.</summary>
static class IntelHexWriter
{
    const int DataBytesMax = 16;
    const int OverheadBytes = 5;

    internal static void Write(Stream stream, MemoryImage image)
    {
        var lines = new HexLines(stream);
        uint upper = 0;
        foreach (MemorySegment segment in image.Segments)
        {
            for (int position = 0; position < segment.Data.Length;)
            {
                uint address = segment.Address + (uint)position;
                if (address >> 16 != upper)
                {
                    upper = address >> 16;
                    WriteRecord(lines, 0x04, 0, BigEndian((ushort)upper));
                }

                int untilBoundary = 0x10000 - (int)(address & 0xFFFF);
                int count = Math.Min(DataBytesMax, Math.Min(untilBoundary, segment.Data.Length - position));
                WriteRecord(lines, 0x00, (ushort)address, segment.Data.AsSpan(position, count));
                position += count;
            }
        }

        if (image.EntryPoint is { } entryPoint)
        {
            WriteRecord(lines, 0x05, 0, BigEndian(entryPoint));
        }

        WriteRecord(lines, 0x01, 0, []);
    }

    static void WriteRecord(HexLines lines, byte type, ushort offset, ReadOnlySpan<byte> data)
    {
        Span<byte> record = stackalloc byte[OverheadBytes + DataBytesMax];
        record[0] = (byte)data.Length;
        BinaryPrimitives.WriteUInt16BigEndian(record[1..], offset);
        record[3] = type;
        data.CopyTo(record[4..]);
        byte sum = 0;
        foreach (byte b in record[..(4 + data.Length)])
        {
            sum += b;
        }

        record[4 + data.Length] = (byte)-sum;
        lines.Write(":", record[..(OverheadBytes + data.Length)]);
    }

    static byte[] BigEndian(ushort value) => [(byte)(value >> 8), (byte)value];

    static byte[] BigEndian(uint value) => [(byte)(value >> 24), (byte)(value >> 16), (byte)(value >> 8), (byte)value];
}
