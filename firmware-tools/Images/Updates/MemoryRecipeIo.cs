using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Images.Updates;

/// <summary>Base and target of a recipe in memory.</summary>
/// <param name="basePayload">The base image's data areas laid end to end; empty without a base.</param>
/// <param name="targetBytes">Length of the block that the recipe makes.</param>
public sealed class MemoryRecipeIo(byte[] basePayload, int targetBytes) : RecipeIo
{
    int _emitted;

    /// <summary>The block, as far as it was emitted.</summary>
    public byte[] Target { get; } = new byte[targetBytes];

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
