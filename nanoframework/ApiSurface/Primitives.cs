namespace System;

public class Object
{
    public extern Object();

    public virtual extern string? ToString();

    public virtual extern bool Equals(object? obj);

    public static extern bool Equals(object? objA, object? objB);

    public static extern bool ReferenceEquals(object? objA, object? objB);

    public virtual extern int GetHashCode();

    public extern Type GetType();

    protected extern object MemberwiseClone();
}

public abstract class ValueType
{
}

public abstract class Enum : ValueType
{
    public extern bool HasFlag(Enum flag);
}

public struct Void
{
}

public struct Boolean
{
    public static readonly string TrueString;
    public static readonly string FalseString;
}

public struct Char
{
    public const char MaxValue = (char)0xFFFF;
    public const char MinValue = (char)0x00;
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
    public const short MaxValue = 0x7FFF;
    public const short MinValue = -0x8000;
}

public struct UInt16
{
    public const ushort MaxValue = 0xFFFF;
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
    public const float MaxValue = 3.40282346638528859e+38f;
    public const float MinValue = -3.40282346638528859e+38f;
}

public struct Double
{
    public const double MaxValue = 1.7976931348623157E+308;
    public const double MinValue = -1.7976931348623157E+308;
}

public struct IntPtr
{
    public static readonly IntPtr Zero;
}

public struct UIntPtr
{
    public static readonly UIntPtr Zero;
}

public struct RuntimeTypeHandle
{
}

public struct RuntimeFieldHandle
{
}

public struct RuntimeMethodHandle
{
}
