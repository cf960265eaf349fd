using Twinbank.Core.Smp;

namespace Twinbank.Agent.Tests;

/// <summary>Keeps what an endpoint sends.</summary>
internal sealed class CollectingLink : LinkSink
{
    private readonly List<byte> _bytes = new(64 * 1024);

    public override void Write(byte[] data, int offset, int count)
    {
        for (int i = 0; i < count; i++)
        {
            _bytes.Add(data[offset + i]);
        }
    }

    /// <summary>All bytes since the last call.</summary>
    public byte[] Take()
    {
        byte[] bytes = [.. _bytes];
        _bytes.Clear();
        return bytes;
    }
}
