using System.Text;
using Twinbank.Core.Smp;

namespace Twinbank.Core.Tests.Smp;

/// <summary>Keeps what a decoder took for text.</summary>
internal sealed class TextCollector : TextSink
{
    private readonly List<byte> _bytes = [];

    public string Text => Encoding.Latin1.GetString([.. _bytes]);

    public override void Accept(byte value) => _bytes.Add(value);
}
