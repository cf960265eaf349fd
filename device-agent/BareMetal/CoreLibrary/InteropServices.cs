using System.Runtime.CompilerServices;
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.InteropServices;

public enum LayoutKind
{
    Sequential = 0,
    Explicit = 2,
    Auto = 3,
}

public enum CharSet
{
    None = 1,
    Ansi = 2,
    Unicode = 3,
    Auto = 4,
}

public sealed class StructLayoutAttribute : Attribute
{
    public StructLayoutAttribute(LayoutKind layoutKind)
    {
    }

    public int Pack;
    public int Size;
    public CharSet CharSet;
}

public sealed class FieldOffsetAttribute : Attribute
{
    public FieldOffsetAttribute(int offset)
    {
    }
}

public sealed class InAttribute : Attribute
{
}

public sealed class OutAttribute : Attribute
{
}

// ilc's whole-program scan asks for it.
public interface IDynamicInterfaceCastable
{
    bool IsInterfaceImplemented(RuntimeTypeHandle interfaceType, bool throwIfNotImplemented);

    RuntimeTypeHandle GetDynamicInterfaceImplementation(RuntimeTypeHandle interfaceType);
}

public static class MemoryMarshal
{
    [Intrinsic]
    public static ref T GetArrayDataReference<T>(T[] array)
    {
        ThrowHelpers.ThrowBodyRemoved();
        return ref array[0];
    }
}
