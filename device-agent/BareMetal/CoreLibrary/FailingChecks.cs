using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime.CompilerHelpers;

// ilc binds failing checks to these methods by name. They are assembly (cpu.S), because only there the link register
// still holds the address of the failing code. The compiler calls the ones with arguments too; arguments are ignored.
static class ThrowHelpers
{
    [RuntimeImport("panic_overflow")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowOverflowException();

    [RuntimeImport("panic_index")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowIndexOutOfRangeException();

    [RuntimeImport("panic_null")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowNullReferenceException();

    [RuntimeImport("panic_divide")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowDivideByZeroException();

    [RuntimeImport("panic_array_type")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowArrayTypeMismatchException();

    [RuntimeImport("panic_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowPlatformNotSupportedException();

    [RuntimeImport("panic_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowNotImplementedException();

    [RuntimeImport("panic_not_supported")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowArgumentException();

    [RuntimeImport("panic_index")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowArgumentOutOfRangeException();

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowInvalidProgramException(int id);

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowInvalidProgramExceptionWithArgument(int id, string argument);

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowTypeLoadException(int id);

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowTypeLoadExceptionWithArgument(int id, string name, string type, string message);

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowBodyRemoved();

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowFeatureBodyRemoved();

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowInstanceBodyRemoved();

    [RuntimeImport("panic_type_load")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    internal static extern void ThrowUnavailableType();
}
