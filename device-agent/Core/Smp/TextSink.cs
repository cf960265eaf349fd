namespace Twinbank.Core.Smp;

/// <summary>Takes what a link carries between frames: the application's own text.</summary>
public abstract class TextSink
{
    public abstract void Accept(byte value);
}
