using System;

namespace Internal.Runtime.CompilerHelpers;

// ilc's scan asks for these when it meets constant tables; the compiler expands their use in place.
static class LdTokenHelpers
{
    static RuntimeTypeHandle GetRuntimeTypeHandle(IntPtr token) => default;

    static RuntimeMethodHandle GetRuntimeMethodHandle(IntPtr token) => default;

    static RuntimeFieldHandle GetRuntimeFieldHandle(IntPtr token) => default;

    static Type? GetRuntimeType(IntPtr token) => null;
}
