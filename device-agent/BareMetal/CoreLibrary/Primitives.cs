// The types that the C# compiler and ilc know by name. Members exist only where compiled code needs them.
namespace System;

public unsafe class Object
{
    // Layout contract with ilc: the first word of every object points to its type.
    internal Internal.Runtime.MethodTable* _methodTable;

    public Object()
    {
    }

    // ilc wants a Finalize slot on System.Object; nothing is ever finalised.
    ~Object()
    {
    }

    public virtual bool Equals(object? other) => ReferenceEquals(this, other);

    public virtual int GetHashCode() => 0;

    public virtual string ToString() => "object";

    public static bool ReferenceEquals(object? left, object? right) => left == right;
}

public struct Void
{
}

public struct Boolean
{
}

public struct Char
{
    public const char MaxValue = (char)0xFFFF;
    public const char MinValue = (char)0;
}

public struct SByte
{
    public const sbyte MaxValue = 127;
    public const sbyte MinValue = -128;
}

public struct Byte
{
    public const byte MaxValue = 255;
    public const byte MinValue = 0;
}

public struct Int16
{
    public const short MaxValue = 32767;
    public const short MinValue = -32768;
}

public struct UInt16
{
    public const ushort MaxValue = 65535;
    public const ushort MinValue = 0;
}

public struct Int32
{
    public const int MaxValue = 0x7FFFFFFF;
    public const int MinValue = unchecked((int)0x80000000);
}

public struct UInt32
{
    public const uint MaxValue = 0xFFFFFFFF;
    public const uint MinValue = 0;
}

public struct Int64
{
    public const long MaxValue = 0x7FFFFFFFFFFFFFFF;
    public const long MinValue = unchecked((long)0x8000000000000000);
}

public struct UInt64
{
    public const ulong MaxValue = 0xFFFFFFFFFFFFFFFF;
    public const ulong MinValue = 0;
}

public struct Single
{
}

public struct Double
{
}

public unsafe struct IntPtr
{
    void* _value;
}

public unsafe struct UIntPtr
{
    void* _value;
}

public abstract class ValueType
{
}

public abstract class Enum : ValueType
{
}

public struct Nullable<T>
    where T : struct
{
    readonly bool _hasValue;
    internal T _value;

    public Nullable(T value)
    {
        _value = value;
        _hasValue = true;
    }

    public readonly bool HasValue => _hasValue;

    public readonly T Value => _value;

    public readonly T GetValueOrDefault() => _value;

    public static implicit operator T?(T value) => new T?(value);

    public static explicit operator T(T? value) => value._value;
}

public struct ValueTuple<T1, T2>
{
    public T1 Item1;
    public T2 Item2;

    public ValueTuple(T1 item1, T2 item2)
    {
        Item1 = item1;
        Item2 = item2;
    }
}

public interface IDisposable
{
    void Dispose();
}

public class Type
{
}

// ilc resolves it by name.
class RuntimeType : Type
{
}

public struct RuntimeTypeHandle
{
    IntPtr _value;
}

public struct RuntimeMethodHandle
{
    IntPtr _value;
}

public struct RuntimeFieldHandle
{
    IntPtr _value;
}
