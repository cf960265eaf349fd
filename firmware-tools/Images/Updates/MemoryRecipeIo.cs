using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Images.Updates;

/// <summary>Base and target of a recipe in memory.</summary>
sealed class MemoryRecipeIo(byte[] basePayload, int targetBytes) : RecipeIo
{
    int _emitted;

    internal byte[] Target { get; } = new byte[targetBytes];

    public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count)
        => Copy(basePayload, basePayload.Length, payloadOffset, buffer, offset, count);

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
        if (count < 0 || from > (uint)available || count > available - (int)from)
        {
            return Status.OutOfRange;
        }

        Array.Copy(source, (int)from, buffer, offset, count);
        return Status.Ok;
    }
}
