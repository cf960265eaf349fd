using System.Threading.Channels;

namespace Twinbank.Links;

/// <summary>One end of a pair of links inside this process: a simulated device, a test.</summary>
public sealed class PipeLink : ILink
{
    // Enough pieces to keep both sides busy, few enough that a writer notices a reader that stopped.
    private const int PiecesMax = 64;

    private readonly ChannelReader<ReadOnlyMemory<byte>> _reader;
    private readonly ChannelWriter<ReadOnlyMemory<byte>> _writer;
    private readonly ChannelWriter<ReadOnlyMemory<byte>> _otherWriter;
    private ReadOnlyMemory<byte> _unread;

    private PipeLink(string name, Channel<ReadOnlyMemory<byte>> input, Channel<ReadOnlyMemory<byte>> output)
    {
        Name = name;
        _reader = input.Reader;
        _otherWriter = input.Writer;
        _writer = output.Writer;
    }

    public string Name { get; }

    /// <summary>Two ends; what is written to one is read from the other. Disposing one end is LinkLost at the
    /// other.</summary>
    public static (PipeLink Host, PipeLink Device) CreatePair(string name = "pipe:")
    {
        var toDevice = Channel.CreateBounded<ReadOnlyMemory<byte>>(PiecesMax);
        var toHost = Channel.CreateBounded<ReadOnlyMemory<byte>>(PiecesMax);
        return (new PipeLink(name, toHost, toDevice), new PipeLink(name, toDevice, toHost));
    }

    public async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellation = default)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        while (_unread.Length == 0)
        {
            try
            {
                _unread = await _reader.ReadAsync(cancellation).ConfigureAwait(false);
            }
            catch (ChannelClosedException exception)
            {
                throw LinkErrors.Lost(Name, exception);
            }
        }

        int count = Math.Min(buffer.Length, _unread.Length);
        _unread[..count].CopyTo(buffer);
        _unread = _unread[count..];
        return count;
    }

    public async ValueTask WriteAsync(ReadOnlyMemory<byte> data, CancellationToken cancellation = default)
    {
        try
        {
            await _writer.WriteAsync(data.ToArray(), cancellation).ConfigureAwait(false);
        }
        catch (ChannelClosedException exception)
        {
            throw LinkErrors.Lost(Name, exception);
        }
    }

    public ValueTask DisposeAsync()
    {
        _writer.TryComplete();
        _otherWriter.TryComplete();
        return ValueTask.CompletedTask;
    }
}
