using System.Runtime.CompilerServices;

namespace Twinbank.BareMetal.PlatformTest.Language;

/// <summary>Where checks report to; the image prints each and the sum.</summary>
public abstract class CheckList
{
    public int Passed { get; private set; }

    public int Failed { get; private set; }

    public void Check(string name, bool holds)
    {
        if (holds)
        {
            Passed++;
        }
        else
        {
            Failed++;
        }

        Report(name, holds);
    }

    protected abstract void Report(string name, bool holds);

    // Values the compiler cannot see through, so that the checks are made at run time.

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static int Opaque(int value) => value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static uint Opaque(uint value) => value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static long Opaque(long value) => value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ulong Opaque(ulong value) => value;

    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static object? Opaque(object? value) => value;
}
