namespace Internal.Runtime;

static unsafe class RelativePointer
{
    /// <summary>The address that a self-relative 32-bit pointer names.</summary>
    internal static void* Follow(int* pointer) => (byte*)pointer + *pointer;
}
