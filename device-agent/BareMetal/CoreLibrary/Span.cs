// Just enough of spans for constant tables in read-only memory ("text"u8, RVA data) and stackalloc.
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using Internal.Runtime.CompilerHelpers;

namespace System;

public readonly ref struct Span<T>
{
    readonly ref T _reference;
    readonly int _length;

    internal Span(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public Span(T[] array)
    {
        _reference = ref MemoryMarshal.GetArrayDataReference(array);
        _length = array.Length;
    }

    public unsafe Span(void* pointer, int length)
    {
        _reference = ref Unsafe.AsRef<T>(pointer);
        _length = length;
    }

    public int Length
    {
        [Intrinsic]
        get => _length;
    }

    public ref T this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_length)
            {
                ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public Span<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        return new Span<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public ref T GetPinnableReference() => ref _reference;

    public static implicit operator Span<T>(T[] array) => new(array);

    public static implicit operator ReadOnlySpan<T>(Span<T> span) => new(ref span._reference, span._length);
}

public readonly ref struct ReadOnlySpan<T>
{
    readonly ref T _reference;
    readonly int _length;

    internal ReadOnlySpan(ref T reference, int length)
    {
        _reference = ref reference;
        _length = length;
    }

    public ReadOnlySpan(T[] array)
    {
        _reference = ref MemoryMarshal.GetArrayDataReference(array);
        _length = array.Length;
    }

    // csc wants this one for u8 literals.
    public ReadOnlySpan(T[] array, int start, int length)
    {
        if ((uint)start > (uint)array.Length || (uint)length > (uint)(array.Length - start))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        _reference = ref Unsafe.Add(ref MemoryMarshal.GetArrayDataReference(array), start);
        _length = length;
    }

    public unsafe ReadOnlySpan(void* pointer, int length)
    {
        _reference = ref Unsafe.AsRef<T>(pointer);
        _length = length;
    }

    public int Length
    {
        [Intrinsic]
        get => _length;
    }

    public ref readonly T this[int index]
    {
        [Intrinsic]
        get
        {
            if ((uint)index >= (uint)_length)
            {
                ThrowHelpers.ThrowIndexOutOfRangeException();
            }

            return ref Unsafe.Add(ref _reference, index);
        }
    }

    public ReadOnlySpan<T> Slice(int start, int length)
    {
        if ((uint)start > (uint)_length || (uint)length > (uint)(_length - start))
        {
            ThrowHelpers.ThrowIndexOutOfRangeException();
        }

        return new ReadOnlySpan<T>(ref Unsafe.Add(ref _reference, start), length);
    }

    public ref readonly T GetPinnableReference() => ref _reference;

    public static implicit operator ReadOnlySpan<T>(T[] array) => new(array);
}
