namespace Twinbank.Core.Smp;

/// <summary>Bytes and sizes of the two framings (specs/smp.md section 2).</summary>
static class FrameMarkers
{
    /// <summary>First byte of a packet's first line; the second one tells the framing.</summary>
    public const byte Start = 0x06;

    public const byte ConsoleStart = 0x09;
    public const byte CompactStart = 0x0C;

    /// <summary>First byte of each further console line of a packet.</summary>
    public const byte Continuation = 0x04;

    public const byte ConsoleContinuation = 0x14;

    /// <summary>Ends every line.</summary>
    public const byte LineEnd = 0x0A;

    public const byte CarriageReturn = 0x0D;

    /// <summary>Longest line with its markers and end: the buffer that other implementations have for it.</summary>
    public const int LineBytesMax = 127;

    /// <summary>Raw bytes in a full console line: (127 - 3) / 4 * 3, a whole number of base64 groups.</summary>
    public const int ConsoleRawBytesMax = 93;

    /// <summary>Longest run between two stuffed bytes, as in COBS (Cheshire and Baker, 1999).</summary>
    public const int CompactRunBytesMax = 254;

    public const int LengthBytes = 2;
    public const int CrcBytes = 2;
}
