using Twinbank.Errors;

namespace Twinbank.Formats;

/// <summary>Reads whole streams, but not more than a limit.</summary>
static class CappedStream
{
    const int FirstBufferBytes = 64 * 1024;

    /// <summary>All bytes of the stream.</summary>
    /// <exception cref="FirmwareException">FileTooLarge when there are more than the limit.</exception>
    internal static byte[] ReadAll(Stream stream, string name, int bytesMax)
    {
        if (stream.CanSeek && stream.Length - stream.Position > bytesMax)
        {
            throw TooLarge(name, stream.Length - stream.Position, bytesMax);
        }

        // A stream that cannot seek is believed only as far as it delivers: the buffer doubles as bytes arrive.
        byte[] buffer = new byte[stream.CanSeek ? (int)(stream.Length - stream.Position) : FirstBufferBytes];
        int count = 0;
        while (true)
        {
            int read = stream.Read(buffer, count, buffer.Length - count);
            count += read;
            if (read == 0 && count < buffer.Length)
            {
                return buffer[..count];
            }

            if (count == buffer.Length)
            {
                int next = stream.ReadByte();
                if (next < 0)
                {
                    return buffer;
                }

                if (count >= bytesMax)
                {
                    throw TooLarge(name, count + 1L, bytesMax);
                }

                Array.Resize(ref buffer, (int)Math.Min(bytesMax, Math.Max(2L * count, FirstBufferBytes)));
                buffer[count++] = (byte)next;
            }
        }
    }

    static FirmwareException TooLarge(string name, long size, int limit)
        => new(ErrorCode.FileTooLarge, ("path", name), ("size", size), ("limit", limit));
}
