namespace Twinbank.Formats;

/// <summary>
/// The lines of a text, without white space around them. Lines end with LF, CR LF or CR; empty ones are skipped but
/// counted. A UTF-8 byte order mark at the start is skipped.
/// </summary>
ref struct LineScanner(ReadOnlySpan<byte> text)
{
    ReadOnlySpan<byte> _rest = WithoutMark(text);

    /// <summary>Number of the current line, from 1.</summary>
    internal int Number { get; private set; }

    internal ReadOnlySpan<byte> Line { get; private set; }

    /// <summary>Goes to the next line that is not empty; false at the end.</summary>
    internal bool MoveNext()
    {
        while (_rest.Length > 0)
        {
            int end = _rest.IndexOfAny((byte)'\n', (byte)'\r');
            ReadOnlySpan<byte> line = end < 0 ? _rest : _rest[..end];
            int skip = end < 0 ? _rest.Length : end + (_rest[end..].StartsWith("\r\n"u8) ? 2 : 1);
            _rest = _rest[skip..];
            Number++;
            Line = line.Trim(" \t"u8);
            if (Line.Length > 0)
            {
                return true;
            }
        }

        return false;
    }

    static ReadOnlySpan<byte> WithoutMark(ReadOnlySpan<byte> text)
        => text.StartsWith((ReadOnlySpan<byte>)[0xEF, 0xBB, 0xBF]) ? text[3..] : text;
}
