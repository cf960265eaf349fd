using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Benchmarks.Deltas;

/// <summary>A base and a block in memory.</summary>
internal sealed class MemoryIo(byte[] baseImage, int targetBytes) : RecipeIo
{
    int _emitted;

    public byte[] Target { get; } = new byte[targetBytes];

    public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count)
        => Copy(baseImage, baseImage.Length, payloadOffset, buffer, offset, count);

    public override Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count)
        => Copy(Target, _emitted, blockOffset, buffer, offset, count);

    public override Status Emit(byte[] data, int offset, int count)
    {
        if (count > Target.Length - _emitted)
        {
            return Status.BadLength;
        }

        Array.Copy(data, offset, Target, _emitted, count);
        _emitted += count;
        return Status.Ok;
    }

    static Status Copy(byte[] source, int available, uint from, byte[] buffer, int offset, int count)
    {
        if (from > (uint)available || count > available - (int)from)
        {
            return Status.OutOfRange;
        }

        Array.Copy(source, (int)from, buffer, offset, count);
        return Status.Ok;
    }
}
