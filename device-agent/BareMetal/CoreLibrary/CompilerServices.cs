// What csc and ilc look up in System.Runtime.CompilerServices. Methods marked Intrinsic are replaced by ilc; a body
// that
// is reached all the same is a defect.
using Internal.Runtime.CompilerHelpers;

namespace System.Runtime.CompilerServices;

public sealed class IntrinsicAttribute : Attribute
{
}

public sealed class IndexerNameAttribute : Attribute
{
    public IndexerNameAttribute(string indexerName)
    {
    }
}

public enum MethodImplOptions
{
    NoInlining = 8,
    NoOptimization = 64,
    AggressiveInlining = 256,
    InternalCall = 4096,
}

public sealed class MethodImplAttribute : Attribute
{
    public MethodImplAttribute(MethodImplOptions options)
    {
    }
}

public sealed class IsVolatile
{
}

public sealed class IsReadOnlyAttribute : Attribute
{
}

public sealed class IsByRefLikeAttribute : Attribute
{
}

public sealed class IsUnmanagedAttribute : Attribute
{
}

public sealed class CompilerGeneratedAttribute : Attribute
{
}

public sealed class UnsafeValueTypeAttribute : Attribute
{
}

public sealed class FixedBufferAttribute : Attribute
{
    public FixedBufferAttribute(Type elementType, int length)
    {
    }
}

public static class RuntimeFeature
{
    public const string ByRefFields = nameof(ByRefFields);
    public const string NumericIntPtr = nameof(NumericIntPtr);
    public const string DefaultImplementationsOfInterfaces = nameof(DefaultImplementationsOfInterfaces);
}

public static unsafe class RuntimeHelpers
{
    public static int OffsetToStringData => sizeof(nint) + sizeof(int);

    [Intrinsic]
    public static void InitializeArray(Array array, RuntimeFieldHandle field) => ThrowHelpers.ThrowBodyRemoved();

    [Intrinsic]
    public static ReadOnlySpan<T> CreateSpan<T>(RuntimeFieldHandle field)
    {
        ThrowHelpers.ThrowBodyRemoved();
        return default;
    }

    [Intrinsic]
    public static bool IsReferenceOrContainsReferences<T>()
    {
        ThrowHelpers.ThrowBodyRemoved();
        return true;
    }
}

public static unsafe class Unsafe
{
    [Intrinsic]
    public static ref T Add<T>(ref T source, int elementOffset)
    {
        ThrowHelpers.ThrowBodyRemoved();
        return ref source;
    }

    [Intrinsic]
    public static ref T AsRef<T>(void* source)
    {
        ThrowHelpers.ThrowBodyRemoved();
        return ref *(T*)source;
    }
}
