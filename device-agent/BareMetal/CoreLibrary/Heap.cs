namespace Internal.Runtime;

/// <summary>
/// Memory for objects: handed out upwards from one range and never taken back. Everything is allocated while the
/// program starts; afterwards the heap can be closed, so that a forgotten allocation is found at once.
/// </summary>
public static unsafe class Heap
{
    const uint GranuleBytes = 8;
    const uint ObjectHeaderBytes = 4;

    static byte* s_next;
    static byte* s_end;

    public static uint FreeBytes => (uint)(s_end - s_next);

    public static void Open(byte* start, byte* end)
    {
        s_next = (byte*)(((uint)start + GranuleBytes - 1) & ~(GranuleBytes - 1));
        s_end = end;
    }

    /// <summary>From here on each allocation is a panic.</summary>
    public static void Close() => s_end = s_next;

    /// <summary>Zeroed memory; the address is that of the type pointer, behind the object header.</summary>
    internal static byte* Allocate(uint sizeBytes)
    {
        uint rounded = (sizeBytes + GranuleBytes - 1) & ~(GranuleBytes - 1);
        byte* start = s_next;
        if (rounded > (uint)(s_end - start))
        {
            Panic.Raise(PanicCode.OutOfMemory);
        }

        s_next = start + rounded;
        Memory.Fill(start, 0, rounded);
        return start + ObjectHeaderBytes;
    }
}
