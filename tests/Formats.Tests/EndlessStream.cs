namespace Twinbank.Formats.Tests;

/// <summary>Repeats a pattern up to a length, as a pipe does: it cannot seek and does not know its length.</summary>
sealed class EndlessStream(byte[] pattern, long length) : Stream
{
    long _position;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position { get => _position; set => throw new NotSupportedException(); }

    public override int Read(byte[] buffer, int offset, int count)
    {
        int read = (int)Math.Min(Math.Min(count, 4096), length - _position);
        for (int i = 0; i < read; i++)
        {
            buffer[offset + i] = pattern[_position++ % pattern.Length];
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
}
