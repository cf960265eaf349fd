using Twinbank.Core;
using Twinbank.Core.Recipes;

namespace Twinbank.Deltas.Tests;

/// <summary>Base and target in memory. Fails the test on a call that no decoder may make, whatever its input.</summary>
sealed class StrictRecipeIo(byte[] baseImage, int targetBytes) : RecipeIo
{
    readonly byte[] _target = new byte[targetBytes];
    int _emitted;

    internal int EmittedBytes => _emitted;

    internal long Calls { get; private set; }

    internal byte[] Target => _target[.._emitted];

    public override Status ReadBase(uint payloadOffset, byte[] buffer, int offset, int count)
        => Read(baseImage, baseImage.Length, payloadOffset, buffer, offset, count);

    public override Status ReadTarget(uint blockOffset, byte[] buffer, int offset, int count)
    {
        Assert.IsTrue(blockOffset + (ulong)count <= (ulong)_emitted, "read of bytes that were not emitted");
        return Read(_target, _emitted, blockOffset, buffer, offset, count);
    }

    public override Status Emit(byte[] data, int offset, int count)
    {
        Calls++;
        Assert.IsGreaterThan(0, count);
        Assert.IsTrue(offset >= 0 && count <= data.Length - offset, "emit from outside the buffer");
        Assert.IsTrue(count <= _target.Length - _emitted, "emit beyond the block");
        Array.Copy(data, offset, _target, _emitted, count);
        _emitted += count;
        return Status.Ok;
    }

    Status Read(byte[] source, int available, uint from, byte[] buffer, int offset, int count)
    {
        Calls++;
        Assert.IsGreaterThan(0, count);
        Assert.IsTrue(offset >= 0 && count <= buffer.Length - offset, "read to outside the buffer");
        if (from > (uint)available || (uint)count > (uint)available - from)
        {
            return Status.OutOfRange;
        }

        Array.Copy(source, (int)from, buffer, offset, count);
        return Status.Ok;
    }
}
