using System.Text;
using Twinbank.Core.Smp;

namespace Twinbank.Flashing.Smp;

/// <summary>Makes lines of the text between frames. Control characters are left out, over-long lines cut.</summary>
internal sealed class LineCollector(Action<string> lineReceived) : TextSink
{
    private const int LineBytesMax = 4096;

    private readonly List<byte> _line = [];

    public override void Accept(byte value)
    {
        if (value == (byte)'\n' || _line.Count == LineBytesMax)
        {
            Flush();
        }

        if (value is >= 0x20 or (byte)'\t')
        {
            _line.Add(value);
        }
    }

    /// <summary>Hands out what has no line end yet.</summary>
    public void Flush()
    {
        if (_line.Count > 0)
        {
            string line = Encoding.UTF8.GetString([.. _line]);
            _line.Clear();
            lineReceived(line);
        }
    }
}
