using System.Runtime;
using System.Runtime.CompilerServices;

namespace Twinbank.BareMetal.Application;

/// <summary>The way to give up: the boot stage records the fault and resets the board.</summary>
public static class ApplicationFault
{
    [RuntimeImport("application_fault")]
    [MethodImpl(MethodImplOptions.InternalCall)]
    public static extern void Raise();
}
