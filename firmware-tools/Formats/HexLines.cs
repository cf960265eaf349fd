using System.Text;

namespace Twinbank.Formats;

/// <summary>Writes lines of hex digits with one byte array for all of them.</summary>
sealed class HexLines(Stream stream)
{
    const int LineBytesMax = 2 + (2 * (1 + 4 + 255 + 1)) + 1;
    const string Digits = "0123456789ABCDEF";

    readonly byte[] _line = new byte[LineBytesMax];

    /// <summary>Writes one line.</summary>
    /// <param name="start">What comes before the digits: ":" or "S1".</param>
    /// <param name="record">The bytes, checksum included.</param>
    internal void Write(string start, ReadOnlySpan<byte> record)
    {
        int length = Encoding.ASCII.GetBytes(start, _line);
        foreach (byte b in record)
        {
            _line[length++] = (byte)Digits[b >> 4];
            _line[length++] = (byte)Digits[b & 0xF];
        }

        _line[length++] = (byte)'\n';
        stream.Write(_line, 0, length);
    }
}
