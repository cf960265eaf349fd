using System.Runtime.CompilerServices;
using Internal.Runtime;
using Internal.Runtime.CompilerHelpers;

namespace System;

public abstract unsafe class Array
{
    // Layout contract with ilc: the length follows the type; the elements follow the length.
    int _numComponents;

    public int Length
    {
        [Intrinsic]
        get => _numComponents;
    }

    public static void Copy(Array source, int sourceIndex, Array target, int targetIndex, int length)
    {
        // One element type only: what would need a conversion or a check per element is a defect here.
        if (source._methodTable != target._methodTable)
        {
            ThrowHelpers.ThrowArrayTypeMismatchException();
        }

        CheckRange(source, sourceIndex, length);
        CheckRange(target, targetIndex, length);
        uint elementBytes = source._methodTable->ComponentBytes;
        Memory.Move(
            RawObject.ArrayData(target) + (uint)targetIndex * elementBytes,
            RawObject.ArrayData(source) + (uint)sourceIndex * elementBytes,
            (uint)length * elementBytes);
    }

    public static void Copy(Array source, Array target, int length) => Copy(source, 0, target, 0, length);

    public static void Clear(Array array, int index, int length)
    {
        CheckRange(array, index, length);
        uint elementBytes = array._methodTable->ComponentBytes;
        Memory.Fill(RawObject.ArrayData(array) + (uint)index * elementBytes, 0, (uint)length * elementBytes);
    }

    public static void Clear(Array array) => Clear(array, 0, array.Length);

    static void CheckRange(Array array, int index, int length)
    {
        if (index < 0 || length < 0 || index > array.Length || length > array.Length - index)
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }
    }
}

// ilc derives the type of T[] from Array<T>. It has no interfaces: arrays are not IEnumerable<T> here.
class Array<T> : Array
{
}

public static unsafe class Buffer
{
    public static void BlockCopy(Array source, int sourceOffset, Array target, int targetOffset, int count)
    {
        CheckRange(source, sourceOffset, count);
        CheckRange(target, targetOffset, count);
        Memory.Move(
            RawObject.ArrayData(target) + targetOffset, RawObject.ArrayData(source) + sourceOffset, (uint)count);
    }

    // The compiler's helper for copies that hold references. Nothing is collected, so it is a plain move.
    internal static void BulkMoveWithWriteBarrier(ref byte target, ref byte source, nuint count)
        => SpanHelpers.Memmove(ref target, ref source, count);

    static void CheckRange(Array array, int offset, int count)
    {
        uint bytes = (uint)array.Length * array._methodTable->ComponentBytes;
        if (offset < 0 || count < 0 || (uint)offset > bytes || (uint)count > bytes - (uint)offset)
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }
    }
}

// The compiler's helpers for block copy, clear and fill.
static unsafe class SpanHelpers
{
    internal static void Memmove(ref byte target, ref byte source, nuint count)
    {
        fixed (byte* to = &target)
        fixed (byte* from = &source)
        {
            Memory.Move(to, from, (uint)count);
        }
    }

    internal static void ClearWithoutReferences(ref byte target, nuint count)
    {
        fixed (byte* to = &target)
        {
            Memory.Fill(to, 0, (uint)count);
        }
    }

    internal static void Fill(ref byte target, byte value, nuint count)
    {
        fixed (byte* to = &target)
        {
            Memory.Fill(to, value, (uint)count);
        }
    }
}
