using System.Buffers;
using System.Text;

namespace Twinbank.Simulation.Boards;

/// <summary>
/// A serial line without another end: keeps what the board says, and gives it what a test has put there.
/// </summary>
public sealed class RecordingConsole : BoardConsole
{
    readonly Queue<byte> _input = new();
    readonly ArrayBufferWriter<byte> _output = new();

    /// <summary>Everything the board has sent.</summary>
    public ReadOnlySpan<byte> Output => _output.WrittenSpan;

    /// <summary>The same as text, for assertions on what an application printed.</summary>
    public string Text => Encoding.UTF8.GetString(Output);

    /// <summary>Bytes that the board will read.</summary>
    public void Send(ReadOnlySpan<byte> data)
    {
        foreach (byte each in data)
        {
            _input.Enqueue(each);
        }
    }

    /// <summary>Forgets what the board has sent.</summary>
    public void Clear() => _output.Clear();

    public override int ReadByte() => _input.TryDequeue(out byte value) ? value : -1;

    public override void Write(ReadOnlySpan<byte> data) => _output.Write(data);

    public override void WaitForByte(TimeSpan time)
    {
    }
}
