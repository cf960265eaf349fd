using System.Runtime;
using System.Runtime.CompilerServices;

namespace Internal.Runtime;

/// <summary>The end of a program that broke a rule of the language. There is no way back: nothing catches it.</summary>
public static unsafe class Panic
{
    static delegate*<PanicCode, uint, uint, void> s_hook;

    /// <summary>
    /// Sets who is told: the code, the address behind the failing call and the caller's link register (or 0).
    /// The hook must not return.
    /// </summary>
    public static void SetHook(delegate*<PanicCode, uint, uint, void> hook) => s_hook = hook;

    /// <summary>Stops the program. In assembly, to learn the caller's address.</summary>
    [RuntimeImport("panic_raise")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Raise(PanicCode code);

    [RuntimeExport("runtime_panic")]
    static void OnPanic(PanicCode code, uint address)
    {
        if (s_hook != null)
        {
            s_hook(code, address, 0);
        }

        while (true)
        {
        }
    }
}
