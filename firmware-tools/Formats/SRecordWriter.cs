using System.Buffers.Binary;
using System.Text;

namespace Twinbank.Formats;

/// <summary>
/// Writes S-records: a header, 16 data bytes a line with the shortest address that fits all, the count, the end record.
/// </summary>
static class SRecordWriter
{
    const int DataBytesMax = 16;
    const int HeaderTextMax = 40;
    const uint Count16Max = 0xFFFF;
    const uint Count24Max = 0xFFFFFF;

    internal static void Write(Stream stream, MemoryImage image)
    {
        var lines = new HexLines(stream);
        ulong highest = Math.Max(image.EndAddress - 1, image.EntryPoint ?? 0);
        int addressBytes = highest switch
        {
            <= 0xFFFF => 2,
            <= 0xFFFFFF => 3,
            _ => 4,
        };
        WriteRecord(lines, '0', 2, 0, Header(image));
        char dataType = (char)('0' + addressBytes - 1);
        uint count = 0;
        foreach (MemorySegment segment in image.Segments)
        {
            for (int position = 0; position < segment.Data.Length; position += DataBytesMax)
            {
                int length = Math.Min(DataBytesMax, segment.Data.Length - position);
                ReadOnlySpan<byte> data = segment.Data.AsSpan(position, length);
                WriteRecord(lines, dataType, addressBytes, segment.Address + (uint)position, data);
                count++;
            }
        }

        WriteCount(lines, count);
        WriteRecord(lines, (char)('0' + 11 - addressBytes), addressBytes, image.EntryPoint ?? 0, []);
    }

    // A count that fits no record is left out; the end record shows that nothing is missing.
    static void WriteCount(HexLines lines, uint count)
    {
        if (count <= Count16Max)
        {
            WriteRecord(lines, '5', 2, count, []);
        }
        else if (count <= Count24Max)
        {
            WriteRecord(lines, '6', 3, count, []);
        }
    }

    static byte[] Header(MemoryImage image)
    {
        string text = image.HeaderText.Length > 0 ? image.HeaderText : Path.GetFileName(image.Source);
        return Encoding.ASCII.GetBytes(text.Length <= HeaderTextMax ? text : text[..HeaderTextMax]);
    }

    static void WriteRecord(HexLines lines, char type, int addressBytes, uint address, ReadOnlySpan<byte> data)
    {
        Span<byte> record = stackalloc byte[1 + 4 + HeaderTextMax + 1];
        int length = 1 + addressBytes + data.Length + 1;
        record[0] = (byte)(length - 1);
        Span<byte> fullAddress = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(fullAddress, address);
        fullAddress[^addressBytes..].CopyTo(record[1..]);
        data.CopyTo(record[(1 + addressBytes)..]);
        byte sum = 0;
        foreach (byte b in record[..(length - 1)])
        {
            sum += b;
        }

        record[length - 1] = (byte)~sum;
        lines.Write($"S{type}", record[..length]);
    }
}
